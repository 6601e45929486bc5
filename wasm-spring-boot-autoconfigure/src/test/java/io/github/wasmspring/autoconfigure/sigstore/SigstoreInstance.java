package io.github.wasmspring.autoconfigure.sigstore;

import dev.sigstore.encryption.certificates.Certificates;
import dev.sigstore.rekor.client.HashedRekordRequest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A sigstore of our own, with an authority, a log of certificates and a log of signatures, whose
 * clocks are what a test says.
 */
final class SigstoreInstance {

  static final Instant FOUNDED = Instant.parse("2024-01-01T00:00:00Z");
  static final String V03 = "application/vnd.dev.sigstore.bundle.v0.3+json";

  private static final ASN1ObjectIdentifier ISSUER =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.8");
  private static final ASN1ObjectIdentifier CERTIFICATE_TIMESTAMPS =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2");
  private static final Duration VALIDITY = Duration.ofMinutes(10);
  private static final String HOST = "log.example.org";

  private final KeyPair authority = keys();
  private final KeyPair certificateLog = keys();
  private final KeyPair log = keys();
  private final X509CertificateHolder root = root();

  /**
   * What is signed, and when.
   *
   * @param certified when the certificate was made, which is valid for ten minutes from then on
   * @param published when the log has put its signature to it
   */
  record Signing(
      String subject, String issuer, Instant certified, Instant published, String mediaType) {

    static Signing by(String subject, String issuer) {
      Instant then = Instant.parse("2025-05-05T12:00:00Z");
      return new Signing(subject, issuer, then, then.plusSeconds(2), V03);
    }

    Signing published(Instant time) {
      return new Signing(this.subject, this.issuer, this.certified, time, this.mediaType);
    }

    Signing mediaType(String type) {
      return new Signing(this.subject, this.issuer, this.certified, this.published, type);
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private X509CertificateHolder root() {
    try {
      X500Name name = new X500Name("O=example.org,CN=authority");
      return signed(
          new JcaX509v3CertificateBuilder(
                  name,
                  BigInteger.ONE,
                  Date.from(FOUNDED),
                  Date.from(FOUNDED.plus(Duration.ofDays(3_650))),
                  name,
                  this.authority.getPublic())
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private X509CertificateHolder signed(X509v3CertificateBuilder certificate) {
    try {
      return certificate.build(
          new JcaContentSignerBuilder("SHA256withECDSA").build(this.authority.getPrivate()));
    } catch (OperatorCreationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What says whom of this one to trust. */
  String trustedRoot() {
    return trustedRoot(Instant.parse("2030-01-01T00:00:00Z"), null, null);
  }

  /**
   * The same, with parts of others.
   *
   * @param until when authority and logs were given up
   * @param certificates whose log of certificates is believed, {@code null} for that of this one
   * @param signatures whose log of signatures is believed, {@code null} for that of this one
   */
  String trustedRoot(Instant until, SigstoreInstance certificates, SigstoreInstance signatures) {
    try {
      return """
          {"mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
           "tlogs": [%s],
           "certificateAuthorities": [{"subject": {"organization": "example.org", "commonName": "authority"},
             "uri": "https://authority.example.org",
             "certChain": {"certificates": [{"rawBytes": "%s"}]},
             "validFor": {"start": "%s", "end": "%s"}}],
           "ctlogs": [%s]}
          """
          .formatted(
              log((signatures == null ? this : signatures).log, until),
              base64(this.root.getEncoded()),
              FOUNDED,
              until,
              log((certificates == null ? this : certificates).certificateLog, until));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static String log(KeyPair keys, Instant until) {
    byte[] key = keys.getPublic().getEncoded();
    return """
        {"baseUrl": "https://%s", "hashAlgorithm": "SHA2_256",
         "publicKey": {"rawBytes": "%s", "keyDetails": "PKIX_ECDSA_P256_SHA_256",
           "validFor": {"start": "%s", "end": "%s"}},
         "logId": {"keyId": "%s"}}
        """
        .formatted(HOST, base64(key), FOUNDED, until, base64(sha256(key)));
  }

  /** A bundle for somebody who has proven to an issuer who he is. */
  String sign(byte[] module, Signing signing) {
    try {
      KeyPair own = keys();
      X509Certificate certificate = certificate(own, signing);
      byte[] signature = sign(own.getPrivate(), module);
      byte[] body =
          HashedRekordRequest.newHashedRekordRequest(
                  sha256(module), Certificates.toPemBytes(certificate), signature)
              .toJsonPayload()
              .getBytes(StandardCharsets.UTF_8);
      return bundle(module, signing, certificate, signature, body);
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String bundle(
      byte[] module, Signing signing, X509Certificate certificate, byte[] signature, byte[] body)
      throws GeneralSecurityException {
    byte[] logId = sha256(this.log.getPublic().getEncoded());
    long seconds = signing.published().getEpochSecond();
    byte[] leaf = sha256(concat(new byte[1], body));
    String raw = "{\"rawBytes\": \"%s\"}".formatted(base64(certificate.getEncoded()));
    return """
        {"mediaType": "%s",
         "verificationMaterial": {%s,
           "tlogEntries": [{"logIndex": "0", "logId": {"keyId": "%s"},
             "kindVersion": {"kind": "hashedrekord", "version": "0.0.1"},
             "integratedTime": "%d",
             "inclusionPromise": {"signedEntryTimestamp": "%s"},
             "inclusionProof": {"logIndex": "0", "rootHash": "%s", "treeSize": "1", "hashes": [],
               "checkpoint": {"envelope": "%s"}},
             "canonicalizedBody": "%s"}]},
         "messageSignature": {"messageDigest": {"algorithm": "SHA2_256", "digest": "%s"},
           "signature": "%s"}}
        """
        .formatted(
            signing.mediaType(),
            signing.mediaType().contains("0.3")
                ? "\"certificate\": " + raw
                : "\"x509CertificateChain\": {\"certificates\": [" + raw + "]}",
            base64(logId),
            seconds,
            base64(promise(body, seconds, logId)),
            base64(leaf),
            checkpoint(leaf, logId).replace("\n", "\\n"),
            base64(body),
            base64(sha256(module)),
            base64(signature));
  }

  /** That the log takes the entry, and when. */
  private byte[] promise(byte[] body, long seconds, byte[] logId) throws GeneralSecurityException {
    String promised =
        "{\"body\":\"%s\",\"integratedTime\":%d,\"logID\":\"%s\",\"logIndex\":0}"
            .formatted(base64(body), seconds, HexFormat.of().formatHex(logId));
    return sign(this.log.getPrivate(), promised.getBytes(StandardCharsets.UTF_8));
  }

  /** That the log has this one entry. */
  private String checkpoint(byte[] rootHash, byte[] logId) throws GeneralSecurityException {
    String head = "%s\n1\n%s\n".formatted(HOST, base64(rootHash));
    byte[] signature = sign(this.log.getPrivate(), head.getBytes(StandardCharsets.UTF_8));
    byte[] hint = {logId[0], logId[1], logId[2], logId[3]};
    return "%s\n\u2014 %s %s\n".formatted(head, HOST, base64(concat(hint, signature)));
  }

  private X509Certificate certificate(KeyPair own, Signing signing)
      throws GeneralSecurityException, IOException {
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
                this.root.getSubject(),
                BigInteger.TWO,
                Date.from(signing.certified()),
                Date.from(signing.certified().plus(VALIDITY)),
                new X500Name(""),
                own.getPublic())
            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
            .addExtension(
                Extension.subjectAlternativeName, true, new GeneralNames(name(signing.subject())))
            .addExtension(ISSUER, false, new DERUTF8String(signing.issuer()));
    byte[] unpublished = signed(builder).toASN1Structure().getTBSCertificate().getEncoded();
    builder.addExtension(
        CERTIFICATE_TIMESTAMPS,
        false,
        new DEROctetString(timestamps(unpublished, signing.certified().toEpochMilli())));
    return new JcaX509CertificateConverter().getCertificate(signed(builder));
  }

  private static GeneralName name(String subject) {
    return new GeneralName(
        subject.contains("://") ? GeneralName.uniformResourceIdentifier : GeneralName.rfc822Name,
        subject);
  }

  /** That the certificate was published, as RFC 6962 has it in a certificate: a list of one. */
  private byte[] timestamps(byte[] certificate, long time)
      throws GeneralSecurityException, IOException {
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(signed);
    out.writeShort(0);
    out.writeLong(time);
    out.writeShort(1);
    out.write(sha256(this.authority.getPublic().getEncoded()));
    out.writeByte(certificate.length >> 16);
    out.writeShort(certificate.length);
    out.write(certificate);
    out.writeShort(0);
    byte[] signature = sign(this.certificateLog.getPrivate(), signed.toByteArray());

    ByteArrayOutputStream timestamp = new ByteArrayOutputStream();
    out = new DataOutputStream(timestamp);
    out.writeByte(0);
    out.write(sha256(this.certificateLog.getPublic().getEncoded()));
    out.writeLong(time);
    out.writeShort(0);
    out.write(new byte[] {4, 3});
    out.writeShort(signature.length);
    out.write(signature);

    ByteArrayOutputStream list = new ByteArrayOutputStream();
    out = new DataOutputStream(list);
    out.writeShort(timestamp.size() + 2);
    out.writeShort(timestamp.size());
    out.write(timestamp.toByteArray());
    return list.toByteArray();
  }

  private static byte[] sign(PrivateKey key, byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] concat(byte[] one, byte[] other) {
    byte[] both = new byte[one.length + other.length];
    System.arraycopy(one, 0, both, 0, one.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
