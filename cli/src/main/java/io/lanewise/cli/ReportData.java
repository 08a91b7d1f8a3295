package io.lanewise.cli;

import io.lanewise.cli.page.Fact;
import io.lanewise.cli.report.EpochPoint;
import io.lanewise.cli.report.SummaryRow;
import io.lanewise.cli.report.TrainingReport;
import io.lanewise.kernels.platform.Machine;
import io.lanewise.training.Evaluation;
import io.lanewise.training.History;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns a run's results into the report's data. */
final class ReportData {
  private ReportData() {}

  static TrainingReport of(TrainingRun.Result result, TrainingRun run) {
    String data = run.dataName();
    return new TrainingReport(
        run.model().title() + " on " + data,
        facts(result, run, data),
        result.history().epochs().stream().map(ReportData::point).toList(),
        result.confusion().accuracy(),
        run.split().train().classNames(),
        result.confusion().counts(),
        result.samples().samples(),
        result.summary().rows().stream()
            .map(
                r ->
                    new SummaryRow(
                        r.name() + " " + r.layer(),
                        r.outputShape().toString(),
                        r.parameters(),
                        r.receptiveField().toString(),
                        r.flops()))
            .toList());
  }

  private static List<Fact> facts(TrainingRun.Result result, TrainingRun run, String data) {
    TrainOptions o = run.options();
    int images = run.split().train().size();
    double speed =
        result.history().epochs().stream()
            .mapToDouble(History.Epoch::examplesPerSecond)
            .average()
            .orElse(0);
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("model", run.model().title()));
    facts.add(
        new Fact(
            "data",
            String.format(
                Locale.ROOT,
                "%s, %,d to train on, %,d to test",
                data,
                images,
                run.split().test().size())));
    facts.add(new Fact("backend", result.backend()));
    facts.add(new Fact("JDK", Machine.jvm()));
    facts.add(new Fact("epochs", String.valueOf(o.epochs())));
    facts.add(new Fact("batch size", String.valueOf(o.batchSize(images))));
    facts.add(new Fact("optimiser", "Adam, learning rate " + o.learningRate() + ", cosine"));
    facts.add(new Fact("seed", String.valueOf(o.seed())));
    facts.add(new Fact("threads", String.valueOf(o.threads())));
    facts.add(new Fact("speed", String.format(Locale.ROOT, "%,.0f images/s", speed)));
    facts.add(new Fact("time", String.format(Locale.ROOT, "%.1f s", result.seconds())));
    facts.add(new Fact("date", LocalDate.now(ZoneId.systemDefault()).toString()));
    return facts;
  }

  private static EpochPoint point(History.Epoch e) {
    return new EpochPoint(
        e.number(),
        e.trainLoss(),
        e.trainAccuracy(),
        e.validation().map(Evaluation::loss).orElse(Double.NaN),
        e.validation().map(Evaluation::accuracy).orElse(Double.NaN));
  }
}
