//! The S-box of AES as a circuit: no table that a secret would index.

/// Puts each of the 64 bytes whose bits `planes` hold (the lowest bit in the first) through the
/// S-box.
///
/// The circuit of 32 ANDs, 77 XORs and 4 XNORs is that of J. Boyar and R. Peralta, "A small depth-16
/// circuit for the AES S-box" (2012), with the names of its publication.
#[inline(always)]
#[rustfmt::skip]
pub fn substitute(planes: [u64; 8]) -> [u64; 8] {
    let [u7, u6, u5, u4, u3, u2, u1, u0] = planes;

    // The upper linear layer.
    let (y14, y13, y9, y8) = (u3 ^ u5, u0 ^ u6, u0 ^ u3, u0 ^ u5);
    let t0 = u1 ^ u2;
    let y1 = t0 ^ u7;
    let (y4, y12, y2, y5) = (y1 ^ u3, y13 ^ y14, y1 ^ u0, y1 ^ u6);
    let y3 = y5 ^ y8;
    let t1 = u4 ^ y12;
    let (y15, y20) = (t1 ^ u5, t1 ^ u1);
    let (y6, y10, y11) = (y15 ^ u7, y15 ^ t0, y20 ^ y9);
    let (y7, y17, y19, y16) = (u7 ^ y11, y10 ^ y11, y10 ^ y8, t0 ^ y11);
    let (y21, y18) = (y13 ^ y16, u0 ^ y16);

    // The inverse in GF(2^8).
    let t2 = y12 & y15;
    let (t4, t6) = (y3 & y6 ^ t2, y4 & u7 ^ t2);
    let t7 = y13 & y16;
    let (t9, t11) = (y5 & y1 ^ t7, y2 & y7 ^ t7);
    let t12 = y9 & y11;
    let (t14, t16) = (y14 & y17 ^ t12, y8 & y10 ^ t12);
    let (t21, t22) = (t4 ^ t14 ^ y20, t6 ^ t16 ^ y19);
    let (t23, t24) = (t9 ^ t14 ^ y21, t11 ^ t16 ^ y18);
    let t25 = t21 ^ t22;
    let t26 = t21 & t23;
    let t27 = t24 ^ t26;
    let t29 = t25 & t27 ^ t22;
    let t33 = (t22 ^ t26) & (t23 ^ t24) ^ t24;
    let t36 = t24 & (t27 ^ t33);
    let t37 = t36 ^ t23 ^ t33;
    let t40 = t25 ^ t29 & (t27 ^ t36);
    let (t41, t42, t43, t44) = (t40 ^ t37, t29 ^ t33, t29 ^ t40, t33 ^ t37);
    let t45 = t42 ^ t41;
    let (z0, z1, z2) = (t44 & y15, t37 & y6, t33 & u7);
    let (z3, z4, z5) = (t43 & y16, t40 & y1, t29 & y7);
    let (z6, z7, z8) = (t42 & y11, t45 & y17, t41 & y10);
    let (z9, z10, z11) = (t44 & y12, t37 & y3, t33 & y4);
    let (z12, z13, z14) = (t43 & y13, t40 & y5, t29 & y2);
    let (z15, z16, z17) = (t42 & y9, t45 & y14, t41 & y8);

    // The lower linear layer.
    let (t46, t48, t54) = (z15 ^ z16, z5 ^ z13, z6 ^ z7);
    let (t53, t58, t59) = (z0 ^ z3, z4 ^ t46, z3 ^ t54);
    let t57 = z2 ^ z12 ^ t53;
    let (t61, t62, t63) = (z14 ^ t57, z7 ^ z8 ^ t58, z9 ^ z10 ^ t58);
    let (t64, t65, t66) = (z4 ^ t59, t61 ^ t62, z1 ^ t63);
    let s3 = t53 ^ t66;
    [
        t48 ^ !(t46 ^ t57),
        z12 ^ t48 ^ !t62,
        z10 ^ z11 ^ t65,
        z2 ^ z5 ^ t66,
        s3,
        z16 ^ z17 ^ !(t64 ^ t65),
        t64 ^ !s3,
        t59 ^ t63,
    ]
}
