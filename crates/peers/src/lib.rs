//! What smtp-status is compared and used with: benchmarks and tests.
