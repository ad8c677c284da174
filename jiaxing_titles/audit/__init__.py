"""办理记录: `chain` writes and checks, `queries` reads. Nothing here can be changed afterwards."""
