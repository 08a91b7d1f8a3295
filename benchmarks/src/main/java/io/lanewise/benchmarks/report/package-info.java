/** Results in words and tables: for a terminal, and as the Markdown of {@code RESULTS.md}. */
package io.lanewise.benchmarks.report;
