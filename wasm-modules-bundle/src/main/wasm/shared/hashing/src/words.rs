//! Numbers read from bytes. The callers keep inside the slices; debug builds check that.

macro_rules! reader {
    ($name:ident, $type:ty, $order:ident) => {
        #[inline(always)]
        pub fn $name(bytes: &[u8], at: usize) -> $type {
            debug_assert!(at + std::mem::size_of::<$type>() <= bytes.len());
            <$type>::$order(unsafe { (bytes.as_ptr().add(at) as *const $type).read_unaligned() })
        }
    };
}

reader!(le32, u32, from_le);
reader!(le64, u64, from_le);
reader!(be32, u32, from_be);
reader!(be64, u64, from_be);
