package io.lanewise.benchmarks.result;

import io.lanewise.benchmarks.contender.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A small result such as a real run leaves: two networks, two thread counts, rivals, one of which
 * fails. The numbers are invented. {@code example.json} beside the tests is its JSON form.
 */
final class ExampleResult {
  static final HostInfo HOST =
      new HostInfo(
          "Example(R) CPU @ 2.20GHz",
          "amd64",
          2,
          48 << 10,
          2 << 20,
          32L << 20,
          "Linux 6.1.0-18-amd64");
  private static final int FORKS = 2;
  private static final int ROUNDS = 3;

  private ExampleResult() {}

  static BenchResult make() {
    List<Row> rows = new ArrayList<>();
    addConv(rows, "n1 ic3 ih224 oc64 kh7 s2 p3", 236_027_904L, 3_851_008L, 1, 0.38);
    addConv(rows, "n1 ic64 ih56 oc64 kh3 p1", 231_211_008L, 1_753_088L, 3, 0.46);
    addConv(rows, "n1 ic64 ih56 oc256 kh1", 102_760_448L, 4_079_616L, 4, 0.65);
    addConv(rows, "n1 ic512 ih7 oc512 kh3 p1", 231_211_008L, 9_637_888L, 3, 0.69);
    long bytes = 4_014_080L;
    String pool = "n1 c64 ih112 kh3 s2 p1";
    rows.add(row(Op.MAX_POOL, pool, 1, 1_806_336L, bytes, "lanewise", "simd", 1, 0.01));
    rows.add(row(Op.MAX_POOL, pool, 1, 1_806_336L, bytes, "onednn", "nchw", 1, 0.03));
    return new BenchResult(
        BenchResult.VERSION,
        "2026-11-22T05:30:00Z",
        HOST,
        new JvmInfo(
            "OpenJDK 64-Bit Server VM",
            "25.0.3+9-LTS",
            List.of("--add-modules=jdk.incubator.vector", "-Xmx4g")),
        "a07b8fce55f5a2e2ccd2d6ab53a5dbb0d6a5a4ff",
        new Settings(
            List.of("--op", "conv,max-pool", "--shapes", "resnet50", "--rivals"),
            List.of(Op.CONV, Op.MAX_POOL),
            List.of("resnet50"),
            List.of(),
            List.of(1, 2),
            FORKS,
            ROUNDS,
            30,
            300),
        List.of(
            new ContenderInfo("lanewise", "0.1.0-SNAPSHOT, SIMD 512 bit"),
            new ContenderInfo("lanewise-scalar", "0.1.0-SNAPSHOT, scalar"),
            new ContenderInfo("onednn", "3.11.0"),
            new ContenderInfo("onnxruntime", "1.29.0")),
        rows);
  }

  private static void addConv(
      List<Row> rows, String shape, long flops, long bytes, int count, double share) {
    for (int threads : new int[] {1, 2}) {
      rows.add(row(Op.CONV, shape, count, flops, bytes, "lanewise", "im2col", threads, share));
      rows.add(
          row(Op.CONV, shape, count, flops, bytes, "lanewise-scalar", "im2col", threads, 0.07));
      rows.add(row(Op.CONV, shape, count, flops, bytes, "onednn", "blocked", threads, 0.9));
      rows.add(row(Op.CONV, shape, count, flops, bytes, "onednn", "nchw", threads, 0.7));
      if (threads == 1) {
        rows.add(row(Op.CONV, shape, count, flops, bytes, "onnxruntime", "default", 1, 0.8));
      } else {
        rows.add(
            failed(shape, count, flops, bytes, "onnxruntime", "the process ended with status 134"));
      }
    }
  }

  private static Row row(
      Op op,
      String shape,
      int count,
      long flops,
      long bytes,
      String contender,
      String variant,
      int threads,
      double share) {
    Random random = new Random(share == 0 ? 1 : Double.hashCode(share) + threads);
    List<Sample> samples = new ArrayList<>();
    for (int fork = 1; fork <= FORKS; fork++) {
      double mood = 1 + 0.05 * random.nextGaussian();
      for (int round = 1; round <= ROUNDS; round++) {
        double peak = threads * 131 * (1 + 0.03 * random.nextGaussian());
        double copy = threads * 28 * (1 + 0.04 * random.nextGaussian());
        double nanos = flops / (peak * share * mood * (1 + 0.02 * random.nextGaussian()));
        samples.add(new Sample(fork, round, digits(nanos), digits(peak), digits(copy)));
      }
    }
    return new Row(
        op,
        shape,
        List.of(new Use("resnet50", count)),
        flops,
        bytes,
        MemoryLevel.of(bytes, threads, HOST),
        contender,
        variant,
        threads,
        op == Op.MAX_POOL ? 0.0 : 2.1e-7,
        op == Op.MAX_POOL ? 0.0 : 4.3e-8,
        ContenderInfo.ours(contender) ? 0L : null,
        samples,
        null);
  }

  private static Row failed(
      String shape, int count, long flops, long bytes, String contender, String why) {
    return new Row(
        Op.CONV,
        shape,
        List.of(new Use("resnet50", count)),
        flops,
        bytes,
        MemoryLevel.of(bytes, 2, HOST),
        contender,
        "default",
        2,
        null,
        null,
        null,
        List.of(),
        why);
  }

  private static double digits(double value) {
    return Double.parseDouble(String.format(java.util.Locale.ROOT, "%.5g", value));
  }
}
