//! Applying schemas recurses, up to a limit of its own, and needs more stack than the other modules.

fn main() {
    println!("cargo:rustc-link-arg-cdylib=-zstack-size=262144");
    println!("cargo:rerun-if-changed=build.rs");
}
