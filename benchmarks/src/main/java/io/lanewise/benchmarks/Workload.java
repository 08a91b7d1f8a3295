package io.lanewise.benchmarks;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.result.Use;
import io.lanewise.kernels.shape.LinearShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Tasks to measure, each once, however many files and lines have it.
 *
 * @param items in the order of operations, files and lines
 */
public record Workload(List<Item> items) {
  /**
   * One task.
   *
   * @param uses the files that have it, with the number of layers
   */
  public record Item(Task task, List<Use> uses) {
    /** Keeps its own copy. */
    public Item {
      uses = List.copyOf(uses);
    }
  }

  /** Keeps its own copy. */
  public Workload {
    items = List.copyOf(items);
  }

  /** The files of an operation that is asked for without any. */
  public static List<String> usualFiles(Op op) {
    return switch (op.forward()) {
      case CONV, CONV_SEQUENCE -> List.of("resnet50");
      case CONV_TRANSPOSED -> List.of("unet");
      case GEMM -> List.of("gemm");
      case MODEL -> List.of("models");
      default -> List.of("ops");
    };
  }

  /**
   * Reads the files.
   *
   * @param files names or paths; empty for each operation's {@link #usualFiles}
   * @param batches sizes instead of the files', in turn; none for the files'. Matrix products have
   *     no batch, and are there once
   * @throws IOException if a file is not there or not understood
   * @throws IllegalArgumentException naming the task that is not possible at this batch size
   */
  public static Workload of(List<Op> ops, List<String> files, List<Integer> batches)
      throws IOException {
    Map<String, ShapeFile> open = new LinkedHashMap<>();
    Map<Task, Map<String, Integer>> uses = new LinkedHashMap<>();
    for (Op op : ops) {
      for (String name : files.isEmpty() ? usualFiles(op) : files) {
        if (!open.containsKey(name)) {
          open.put(name, ShapeFile.open(name));
        }
        add(open.get(name), op, batches, uses);
      }
    }
    return of(uses);
  }

  /**
   * What an operation has to do in a list.
   *
   * @param batches as in {@link #of(List, List, List)}
   */
  public static Workload of(Op op, ShapeFile file, List<Integer> batches) {
    Map<Task, Map<String, Integer>> uses = new LinkedHashMap<>();
    add(file, op, batches, uses);
    return of(uses);
  }

  private static void add(
      ShapeFile file, Op op, List<Integer> batches, Map<Task, Map<String, Integer>> uses) {
    for (ShapeFile.Entry<Task> entry : file.tasks(op)) {
      for (Task task : atBatches(entry.shape(), batches)) {
        uses.computeIfAbsent(task, t -> new LinkedHashMap<>())
            .merge(file.name(), entry.count(), Integer::sum);
      }
    }
  }

  private static Workload of(Map<Task, Map<String, Integer>> uses) {
    List<Item> items = new ArrayList<>();
    uses.forEach((task, counts) -> items.add(new Item(task, uses(counts))));
    return new Workload(items);
  }

  /** The same with only some of the tasks. */
  public Workload only(Predicate<Task> wanted) {
    return new Workload(items.stream().filter(i -> wanted.test(i.task())).toList());
  }

  private static List<Use> uses(Map<String, Integer> counts) {
    return counts.entrySet().stream().map(e -> new Use(e.getKey(), e.getValue())).toList();
  }

  private static Set<Task> atBatches(Task task, List<Integer> batches) {
    if (batches.isEmpty()) {
      return Set.of(task);
    }
    return batches.stream()
        .map(n -> atBatch(task, n))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Task atBatch(Task task, int batch) {
    try {
      return withBatch(task, batch);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          task + " at batch size " + batch + ": " + e.getMessage(), e);
    }
  }

  /**
   * The same task at another batch size: a convolution's, layer's or pooling's n, the first of two
   * or four sizes, or of a model's input, a dimension in front of an elementwise operation's.
   */
  private static Task withBatch(Task task, int batch) {
    return switch (task.op().forward()) {
      case GEMM -> task;
      case CONV, CONV_INT8 -> new Task(task.op(), task.conv().withBatch(batch).toString());
      case CONV_SEQUENCE ->
          new Task(task.op(), new Task.Sequence(task.sequence().list(), batch).toString());
      case MODEL -> new Task(task.op(), task.model().withBatch(batch).toString());
      case CONV_TRANSPOSED ->
          new Task(task.op(), task.transposedConv().withBatch(batch).toString());
      case LINEAR, LINEAR_INT8, LINEAR_BFLOAT16 -> {
        LinearShape s = task.linear();
        yield new Task(task.op(), new LinearShape(batch, s.in(), s.out()).toString());
      }
      case MAX_POOL, AVG_POOL ->
          new Task(task.op(), task.pool().with(batch, task.pool().c()).toString());
      default -> {
        String shape = task.shape();
        String image = task.op().axes() == 0 ? shape : shape.substring(shape.indexOf('x') + 1);
        yield Task.of(task.op(), batch + "x" + image);
      }
    };
  }
}
