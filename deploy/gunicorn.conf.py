"""The web server, the same in the container and in the demo. It stands behind a proxy that buffers slow clients.

`WEB_BIND`, `WEB_WORKERS` and `WEB_THREADS` may change what depends on the machine.
"""

import os
import resource

# What passes through memory (ballots before they are sealed, keys while a box is opened) reaches no disk by a crash.
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

bind = os.environ.get("WEB_BIND", "0.0.0.0:8000")  # inside the container: only the proxy reaches it
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 20
# A worker is replaced now and then, so that a slow leak never becomes an outage; never all of them at once.
max_requests = 5000
max_requests_jitter = 500
# Heartbeat files belong in memory: a slow disk must not look like a dead worker.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 -- gunicorn makes a private file
control_socket_disable = True
accesslog = None  # the proxy writes it; query strings and names stay out of our own log
