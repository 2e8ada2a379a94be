//! Without `-z defs` a shared library links with symbols that exist nowhere, and the proof would prove nothing.

fn main() {
    println!("cargo:rustc-cdylib-link-arg=-Wl,-z,defs");
    // memcpy and memcmp.
    println!("cargo:rustc-cdylib-link-arg=-lc");
    println!("cargo:rerun-if-changed=build.rs");
}
