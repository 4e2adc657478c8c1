"""A certificate of our own for one evening, and the TLS that it makes.

Nobody vouches for it, so a phone warns. What a person can check is its fingerprint: the
begeleider's screen shows the same one as the phone's warning, or somebody sits in between.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import os
import secrets
import ssl
import tempfile
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from companion.errors import ServiceError

_VALID = dt.timedelta(days=1)
_SLACK = dt.timedelta(hours=2)
"""Phones whose clock is behind still find it valid."""
_NAME = "Intervisie Companion"


class Certificate(msgspec.Struct, frozen=True):
    """Ready for a server; the private key is in the context only."""

    context: ssl.SSLContext
    fingerprint: str
    """SHA-256 of the certificate: 64 hexadecimal digits."""

    @property
    def shown(self) -> str:
        """As browsers show it: pairs of digits, in capitals."""
        digits = self.fingerprint.upper()
        return " ".join(digits[i : i + 2] for i in range(0, len(digits), 2))


def make_certificate(address: str, folder: Path) -> Certificate:
    """A certificate for this IP address, valid for a day; ServiceError when TLS can't be set up."""
    try:
        key = ec.generate_private_key(ec.SECP256R1())
        signed = _sign(key, address)
        context = _context(key, signed, folder)
    except (ssl.SSLError, OSError, ValueError) as error:
        raise ServiceError(
            "sharing.tls",
            f"A secured connection can't be set up: {error}",
            "Without one nothing is shared",
        ) from error
    der = signed.public_bytes(serialization.Encoding.DER)
    return Certificate(context, hashlib.sha256(der).hexdigest())


def _sign(key: ec.EllipticCurvePrivateKey, address: str) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NAME)])
    now = dt.datetime.now(dt.UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
    use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SLACK)
        .not_valid_after(now + _VALID)
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(use, critical=False)
        .sign(key, hashes.SHA256())
    )


def _context(
    key: ec.EllipticCurvePrivateKey, signed: x509.Certificate, folder: Path
) -> ssl.SSLContext:
    """The standard library reads keys from files only: this one is encrypted, and gone at once."""
    password = secrets.token_bytes(32).hex()
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(password.encode()),
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # mkstemp makes it readable for its owner alone
    descriptor, name = tempfile.mkstemp(".pem", dir=folder if folder.is_dir() else None)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(private + signed.public_bytes(serialization.Encoding.PEM))
        context.load_cert_chain(name, password=password)
    finally:
        Path(name).unlink()
    return context
