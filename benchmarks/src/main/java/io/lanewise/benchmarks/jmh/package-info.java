/**
 * One JMH bench that runs what a contender prepares: for profilers, assembly and GC counters.
 * Comparisons are the harness' work.
 */
package io.lanewise.benchmarks.jmh;
