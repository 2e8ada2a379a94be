//! What `template_type!` refuses to compile, and what the compiler then says. `TRYBUILD=overwrite` rewrites the messages.

#[test]
fn the_compiler_says_what_is_wrong() {
    trybuild::TestCases::new().compile_fail("tests/cases/*.rs");
}
