/**
 * What a run of the laboratory leaves behind: plain records, their JSON form ({@link
 * io.lanewise.benchmarks.result.ResultFile}) and the numbers derived from them ({@link
 * io.lanewise.benchmarks.result.Derived}). Start at {@link
 * io.lanewise.benchmarks.result.BenchResult}.
 */
package io.lanewise.benchmarks.result;
