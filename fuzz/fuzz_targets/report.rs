#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| haraka_dsn_fuzz::report(data));
