import Ajv2020 from 'ajv/dist/2020.js';
import { Guest } from '../guest.mjs';
import { json, SCHEMA } from '../inputs.mjs';

const guest = new Guest('validation');
const document = json(100_000);
const schema = JSON.stringify(SCHEMA);
const validate = new Ajv2020({ allowUnionTypes: true }).compile(SCHEMA);
const text = new TextEncoder().encode(json(100_000));
const decoder = new TextDecoder('utf-8', { fatal: true });
const email = 'ada.lovelace+engine@mail.example.org';
const dateTime = '2026-11-21T13:37:00.123+01:00';

// What JavaScript programs do about them: expressions for shapes, V8's own decoder for UTF-8.
const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;
const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

export default {
  email: { wasm: () => guest.text('email', email, 0), js: () => EMAIL.test(email) },
  dateTime: { wasm: () => guest.text('date_time', dateTime), js: () => DATE_TIME.test(dateTime) && !Number.isNaN(Date.parse(dateTime)) },
  utf8: { wasm: () => guest.text('utf8', text), js: () => decoder.decode(text) },
  // The package ajv turns a schema into JavaScript once; the module reads it with every call.
  validateSchema: {
    wasm: () => guest.text('validate_schema', schema, document),
    js: () => validate(JSON.parse(document)),
  },
};
