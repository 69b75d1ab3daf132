import { createHash, createSign, generateKeyPairSync } from "node:crypto";

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const length =
    content.length < 128
      ? [content.length]
      : content.length < 256
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");
const time = (text: string): Buffer => der(0x18, Buffer.from(text));

const ecdsaWithSha256 = sequence(der(0x06, hex("2a8648ce3d040302")));
const commonName = der(0x06, hex("550403"));

/** A self-signed certificate (RFC 5280) for localhost and 127.0.0.1 that is its own authority. */
export function makeCertificate(): { readonly key: string; readonly certificate: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const name = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from("localhost")))));
  const names = sequence(der(0x82, Buffer.from("localhost")), der(0x87, hex("7f000001")));
  const authority = sequence(der(0x01, hex("ff")));
  const extensions = sequence(
    sequence(der(0x06, hex("551d13")), der(0x01, hex("ff")), der(0x04, authority)),
    sequence(der(0x06, hex("551d11")), der(0x04, names)),
  );
  const serial = createHash("sha256").update(spki).digest().subarray(0, 8);
  serial[0] = 0x01;
  const body = sequence(
    der(0xa0, der(0x02, hex("02"))),
    der(0x02, serial),
    ecdsaWithSha256,
    name,
    sequence(time("20200101000000Z"), time("21200101000000Z")),
    name,
    spki,
    der(0xa3, extensions),
  );
  const signature = createSign("sha256").update(body).sign(privateKey);
  const whole = sequence(body, ecdsaWithSha256, der(0x03, hex("00"), signature));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${whole.toString("base64")}\n-----END CERTIFICATE-----\n`,
  };
}
