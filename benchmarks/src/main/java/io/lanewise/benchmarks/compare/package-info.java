/**
 * Tells a change from the noise between two results: {@link
 * io.lanewise.benchmarks.compare.Comparison}.
 */
package io.lanewise.benchmarks.compare;
