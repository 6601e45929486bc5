SELECT k % 100 AS g, count(*), sum(v), min(s), avg(v * 2 + k) FROM t GROUP BY g ORDER BY 3
