WITH RECURSIVE c(x, y) AS (
  SELECT 1, 7
  UNION ALL
  SELECT x + 1, (y * 31 + x) % 65521 FROM c WHERE x < 60000
)
SELECT sum(x * y % 7), max(y) FROM c
