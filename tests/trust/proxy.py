"""The documented proxy (deploy/nginx.conf) as real nginx on loopback, in front of whatever listens there."""

from __future__ import annotations

import http.client
import os
import shutil
import ssl
import subprocess
from pathlib import Path

from jiaxing_titles.engines.demo import HOST, reserve_port
from jiaxing_titles.engines.processes import Child, Guard, wait_until
from jiaxing_titles.engines.project import ROOT

PROGRAM = "/usr/sbin/nginx"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class Proxy:
    """`level`: of its error log, else as the configuration has it. `folder`: logs, certificate, temporary files."""

    def __init__(self, folder: Path, port: int, *, level: str = "crit") -> None:
        assert Path(PROGRAM).exists(), "needs nginx: sh run.sh test trust installs Debian's"
        self.folder, self.access, self.errors = folder, folder / "access.log", folder / "error.log"
        folder.mkdir()
        self._certificate()
        plain, tls = reserve_port(0), reserve_port(0)
        self.port: int = tls.getsockname()[1]
        configuration = folder / "nginx.conf"
        configuration.write_text(self._adapted(port, plain.getsockname()[1], level))
        plain.close()
        tls.close()
        directives = f"daemon off; pid {folder}/nginx.pid;" + (" user root;" if os.getuid() == 0 else "")
        self._guard = Guard()
        self._child = Child(
            "nginx", [PROGRAM, "-c", str(configuration), "-g", directives], self._guard, log=folder / "nginx.log"
        )
        assert wait_until(self._listens, self._child, 20, every=0.05), self._child.last_lines(30)

    def _adapted(self, web: int, plain: int, level: str) -> str:
        """The documented file with the places of this machine; `http2 on` is younger than Debian 12's nginx."""
        text = (ROOT / "deploy" / "nginx.conf").read_text()
        places = {
            "listen 80 default_server;": f"listen {HOST}:{plain} default_server;",
            "listen 443 ssl;\n        http2 on;": f"listen {HOST}:{self.port} ssl http2;",
            "/etc/nginx/tls/": f"{self.folder}/",
            "http://web:8000": f"http://{HOST}:{web}",
            "/dev/stdout": str(self.access),
            "/dev/stderr crit": f"{self.errors} {level}",
            "http {\n": "http {\n" + "".join(f"{one}_temp_path {self.folder}/{one};\n" for one in TEMPORARY),
        }
        for there, here in places.items():
            assert there in text, f"deploy/nginx.conf has no “{there}”"
            text = text.replace(there, here)
        return text

    def _certificate(self) -> None:
        openssl = shutil.which("openssl")
        assert openssl, "needs openssl"
        argv = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2"]
        argv += ["-keyout", str(self.folder / "privkey.pem"), "-out", str(self.folder / "fullchain.pem")]
        subprocess.run(argv, check=True, capture_output=True)

    def _listens(self) -> bool:
        try:
            self.line().connect()
        except OSError:
            return False
        return True

    def line(self) -> http.client.HTTPSConnection:
        trusting = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        trusting.check_hostname = False
        return http.client.HTTPSConnection(HOST, self.port, timeout=60, context=trusting)

    def stop(self) -> None:
        self._child.stop()
        self._guard.close()
