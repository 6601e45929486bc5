//! Decodes pictures, to compare engines on code that was written for none of them.

// The guest library of the bundle, by its file: as a dependency, Cargo would tell its crate apart
// by its folder, and every machine would build other bytes.
#[path = "../../../../../../wasm-modules-bundle/src/main/wasm/shared/abi/src/lib.rs"]
mod abi;

use jpeg_decoder::{Decoder, PixelFormat};

/// The picture of a JPEG file in colour: three bytes a pixel, red, green and blue, row by row.
///
/// # Safety
/// See [`abi::bytes`].
#[no_mangle]
pub unsafe extern "C" fn decode_rgb(ptr: *const u8, len: usize) -> u64 {
    match decode(abi::bytes(ptr, len)) {
        Ok(pixels) => abi::buffer(pixels),
        Err(message) => abi::error("jpeg.invalid", &message, None),
    }
}

fn decode(jpeg: &[u8]) -> Result<Vec<u8>, String> {
    let mut decoder = Decoder::new(jpeg);
    let pixels = decoder.decode().map_err(|fault| fault.to_string())?;
    match decoder.info().map(|info| info.pixel_format) {
        Some(PixelFormat::RGB24) => Ok(pixels),
        _ => Err("the picture is not in colour".to_string()),
    }
}
