/** Lanewise itself as contenders: the SIMD and the scalar backend. */
package io.lanewise.benchmarks.ours;
