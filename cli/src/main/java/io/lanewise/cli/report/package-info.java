/**
 * The page a training run leaves behind: {@link io.lanewise.cli.report.TrainingReport} is what
 * happened, {@link io.lanewise.cli.report.ReportPage} makes one self-contained HTML file of it.
 */
package io.lanewise.cli.report;
