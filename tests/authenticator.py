"""A passkey in software, for tests: it makes a key and answers challenges as WebAuthn level 2 wants it."""

import hashlib
import json
import os

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

ORIGIN, HOST = "http://localhost", "localhost"
PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


class Authenticator:
    """One key on one device; what a test changes of it is what a wrong or stolen one would say."""

    def __init__(self, origin=ORIGIN, host=HOST, flags=PRESENT | VERIFIED, count=0, step=1):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)
        self.origin, self.host, self.flags, self.count, self.step = origin, host, flags, count, step
        self.user_handle = None

    def make(self, options):
        """Answer navigator.credentials.create()."""
        asked = json.loads(options)
        assert asked["attestation"] == "none"
        assert asked["authenticatorSelection"]["userVerification"] == "required"
        self.user_handle = asked["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        kept = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(key)
        data = self._data(self.flags | WITH_KEY) + kept
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._client_data("webauthn.create", asked["challenge"])
        response = {"clientDataJSON": said, "attestationObject": attested, "transports": ["usb", "nfc"]}
        return self._credential(response)

    def answer(self, options, **changed):
        """Answer navigator.credentials.get()."""
        asked = json.loads(options)
        assert asked["userVerification"] == "required"
        self.count += self.step
        data, said = self._data(self.flags), self._client_data("webauthn.get", asked["challenge"])
        signed = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        response = {"clientDataJSON": said, "authenticatorData": data, "signature": signed}
        return self._credential(response | changed)

    def _data(self, flags):
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client_data(self, kind, challenge):
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _credential(self, response):
        name = bytes_to_base64url(self.id)
        written = {key: bytes_to_base64url(part) if isinstance(part, bytes) else part for key, part in response.items()}
        whole = {"id": name, "rawId": name, "type": "public-key", "response": written, "clientExtensionResults": {}}
        return json.dumps(whole)


def options_on(page):
    """What a page gives its script for a passkey; None where it offers none."""
    buttons = page.tree.cssselect("[data-passkey]")
    return buttons[0].get("data-options") if buttons else None


def forget(answer, *path):
    """Give an answer without one of its parts."""
    whole = json.loads(answer)
    part = whole
    for name in path[:-1]:
        part = part[name]
    del part[path[-1]]
    return json.dumps(whole)


def challenge_in(options):
    return base64url_to_bytes(json.loads(options)["challenge"])
