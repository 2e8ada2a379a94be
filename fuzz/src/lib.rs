//! Binds the bodies to libFuzzer. A target is one line; which inputs it takes is the only difference.

pub use {channel_file_fuzz_bodies as bodies, channel_file_smith as smith, libfuzzer_sys};

/// A target whose inputs libFuzzer mutates by itself.
#[macro_export]
macro_rules! inputs {
    ($name:literal) => {
        /// Found when it is built, so that nothing of other targets is linked.
        const TARGET: $crate::bodies::Target = *$crate::bodies::Target::named($name).expect("a target");

        $crate::libfuzzer_sys::fuzz_target!(|input: &[u8]| TARGET.run(input));
    };
}

/// A target whose inputs are channel files: mutated and crossed where records end, with lengths and checksums repaired.
#[macro_export]
macro_rules! channel_files {
    ($name:literal) => {
        $crate::inputs!($name);
        $crate::mutations!();
    };
}

/// Mutations and crossings that know what a channel file is made of.
#[macro_export]
macro_rules! mutations {
    () => {
        $crate::libfuzzer_sys::fuzz_mutator!(|input: &mut [u8], size: usize, most: usize, seed: u32| {
            let mut engine = |bytes: &mut [u8], size| {
                let most = bytes.len();
                $crate::libfuzzer_sys::fuzzer_mutate(bytes, size, most)
            };
            $crate::smith::mutate(&mut input[..most], size, seed.into(), &mut engine)
        });

        $crate::libfuzzer_sys::fuzz_crossover!(|one: &[u8], other: &[u8], child: &mut [u8], seed: u32| {
            $crate::smith::cross_over(one, other, child, seed.into())
        });
    };
}
