/**
 * The page of a bench run: {@link io.lanewise.cli.benchreport.BenchPage} makes one self-contained
 * HTML file of a {@link io.lanewise.benchmarks.result.BenchResult}. Java writes every number and
 * every bar, so that the page reads without JavaScript; the scripts beside the template draw the
 * roofline, filter and sort.
 */
package io.lanewise.cli.benchreport;
