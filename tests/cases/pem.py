"""Texts that look like PEM."""

CA = "-----BEGIN CERTIFICATE-----\nMIIBca\n-----END CERTIFICATE-----\n"
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIBclient\n-----END CERTIFICATE-----\n"
KEY = "-----BEGIN PRIVATE KEY-----\nMIIBkey\n-----END PRIVATE KEY-----\n"
OTHER_KEY = "-----BEGIN PRIVATE KEY-----\nMIIBother\n-----END PRIVATE KEY-----\n"
