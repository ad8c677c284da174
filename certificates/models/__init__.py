"""Rows of the last stage, one module for each thing of the 办法五（四） and 六、3."""

from certificates.models.announcement import AnnouncementDocument, AnnouncementLine
from certificates.models.annulment import Annulment
from certificates.models.appointment import Appointment
from certificates.models.batch import BatchLine, CertificateBatch, CertificateFile, ReceiptImport
from certificates.models.grant import TitleGrant
from certificates.models.profile import ColumnProfile
from certificates.models.register import IssuedNumber
from certificates.models.roster import ResultRoster, RosterLine

__all__ = [
    "AnnouncementDocument",
    "AnnouncementLine",
    "Annulment",
    "Appointment",
    "BatchLine",
    "CertificateBatch",
    "CertificateFile",
    "ColumnProfile",
    "IssuedNumber",
    "ReceiptImport",
    "ResultRoster",
    "RosterLine",
    "TitleGrant",
]
