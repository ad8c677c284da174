"""无记名电子投票 (办法五（三）): form, ballot, seal, key shares, board. Plain Python; nothing here knows who votes.

A ballot is sealed to the meeting's public key inside the request that casts it, or before that on the voter's own
device (static/ballot/). The private key exists only while enough 监票人 hold their shares together, after the box is
closed; then all marks of a sheet are shuffled and become slips, one a name, that no ballot and no seat belongs to any
more.
"""
