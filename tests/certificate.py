"""A certificate for this machine alone: push services and real pages are only reached by TLS."""

from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from journal import clock

NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "tests")])
HERE = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])


def make(folder: Path) -> tuple[Path, Path]:
    """Files of the certificate and of its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), clock.now()
    made = (
        x509.CertificateBuilder(NAME, NAME, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(HERE, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    certificate, private = folder / "certificate.pem", folder / "certificate-key.pem"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, private
