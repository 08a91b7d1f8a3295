/**
 * What is measured side by side: anything that can compute a {@link
 * io.lanewise.benchmarks.contender.Task}, ours and rivals alike. A contender is a service; the
 * harness gives each a process of its own, so that their native libraries, threads and class paths
 * do not meet.
 */
package io.lanewise.benchmarks.contender;
