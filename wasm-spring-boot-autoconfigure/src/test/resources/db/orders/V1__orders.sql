CREATE TABLE shop_order (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  item TEXT NOT NULL UNIQUE,
  price TEXT NOT NULL,
  paid BOOLEAN NOT NULL,
  receipt BLOB,
  tracking TEXT,
  state TEXT NOT NULL,
  placed_at TIMESTAMP NOT NULL,
  due DATE,
  opens TIME,
  packed TIMESTAMP,
  sent TIMESTAMP
);

CREATE TABLE order_line (
  shop_order INTEGER NOT NULL REFERENCES shop_order ON DELETE CASCADE,
  shop_order_key INTEGER NOT NULL,
  article TEXT NOT NULL,
  amount REAL NOT NULL
);
