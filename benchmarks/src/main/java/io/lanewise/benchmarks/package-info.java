/**
 * Measures the kernels: JMH benches over the layers of known networks, each iteration next to a
 * probe of the core's fused-multiply-add peak. Start at {@link io.lanewise.benchmarks.BenchMain};
 * {@link io.lanewise.benchmarks.ShapeFile} reads the shape files, which tests use too.
 */
package io.lanewise.benchmarks;
