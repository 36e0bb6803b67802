"""Certificates for servers of a test, made when it runs: no key lies in the repository."""

import ssl
import subprocess

from tests.needs import program


def certificate(folder, name, address="IP:127.0.0.1", days=2):
    """A self-signed certificate with its key, in one file; whoever trusts that file trusts the server."""
    program("openssl", "install your system’s package openssl")
    pem, key = folder / f"{name}.pem", folder / f"{name}.key"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", str(days), "-subj", f"/CN={name}", "-addext", f"subjectAltName={address}"]
    subprocess.run([*command, "-keyout", key, "-out", pem], check=True, capture_output=True)
    return pem


def server_context(pem):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem, pem.with_suffix(".key"))
    return context
