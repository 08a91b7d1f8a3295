package io.lanewise.onnx;

import io.lanewise.kernels.parallel.ForkJoinTeam;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.layers.graph.SharedWeights;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.file.OnnxReader;
import io.lanewise.onnx.lower.Lowerings;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxUnsupportedException;
import io.lanewise.onnx.stage.Compiling;
import io.lanewise.onnx.stage.Execution;
import io.lanewise.onnx.stage.Feed;
import io.lanewise.onnx.stage.Program;
import io.lanewise.onnx.stage.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A model that runs. Any number of threads may call one session at once. The first run for a set of
 * input shapes compiles the model for them; runs after that into given outputs allocate nothing. No
 * memory is taken outside the heap: {@link #close} only ends the session's threads, and a session
 * that is not closed is collected like anything else, once its threads are idle. Of a model that
 * was loaded by its path the large weights stay in the file, from which they are packed for each
 * new set of shapes; it may be removed or replaced meanwhile, but not be written to.
 *
 * <pre>{@code
 * try (OnnxSession session = OnnxSession.load(Path.of("resnet50.onnx"))) {
 *   Tensor logits = session.run(Map.of("input", image)).get("output");
 * }
 * }</pre>
 */
public final class OnnxSession implements AutoCloseable {
  private final OnnxModel model;
  private final SessionOptions options;
  private final Compiling compiling;
  private final List<TensorInfo> inputs;
  private final List<TensorInfo> outputs;
  private final Map<String, Integer> inputNumbers;
  private final Map<String, Integer> outputNumbers;
  private final int[] required; // numbers of the inputs without a default
  private final Program main;
  private final Map<Set<String>, Program> overriding = new HashMap<>();
  private final CallPool calls = new CallPool(this);
  private final Parallel parallel;
  private final ForkJoinTeam team;
  private volatile boolean closed;

  private OnnxSession(OnnxModel model, SessionOptions options) {
    this.model = model;
    this.options = options;
    CompileOptions compile =
        new CompileOptions(
            options.backend(),
            options.precision(),
            options.optimised(),
            new SharedWeights(),
            options.warmUp());
    this.compiling =
        new Compiling(Lowerings.STANDARD, compile, options.keptShapes(), model.opsets());
    this.main = Programs.of(model, compiling, Set.of());
    Set<String> defaults = model.graph().initializers().keySet();
    this.inputs =
        model.graph().inputs().stream()
            .map(v -> TensorInfo.of(v, defaults.contains(v.name())))
            .toList();
    this.outputs = model.graph().outputs().stream().map(v -> TensorInfo.of(v, false)).toList();
    this.inputNumbers = numbers(inputs);
    this.outputNumbers = numbers(outputs);
    this.required = main.inputs().stream().mapToInt(inputNumbers::get).toArray();
    this.team = options.threads() == 1 ? null : ForkJoinTeam.of(options.threads());
    this.parallel = team == null ? Parallel.SEQUENTIAL : team;
  }

  private static Map<String, Integer> numbers(List<TensorInfo> infos) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    infos.forEach(i -> numbers.put(i.name(), numbers.size()));
    return numbers;
  }

  /**
   * Loads a model's file, and what it keeps beside it.
   *
   * @throws OnnxException if it is no model
   * @throws OnnxUnsupportedException if there are operators that cannot run, naming all of them
   * @throws IOException if it cannot be read
   */
  public static OnnxSession load(Path file) throws IOException {
    return load(file, SessionOptions.defaults());
  }

  /** As {@link #load(Path)}, with options. */
  public static OnnxSession load(Path file, SessionOptions options) throws IOException {
    return of(new OnnxReader().limits(options.limits()).read(file), options);
  }

  /** Loads a model from its bytes; as {@link #load(Path)}. */
  public static OnnxSession load(byte[] bytes, SessionOptions options) {
    return of(new OnnxReader().limits(options.limits()).read(bytes), options);
  }

  /** Loads a model from a stream, which it leaves open; as {@link #load(Path)}. */
  public static OnnxSession load(InputStream stream, SessionOptions options) throws IOException {
    return of(new OnnxReader().limits(options.limits()).read(stream), options);
  }

  /** A session of a model that was read or made. */
  public static OnnxSession of(OnnxModel model, SessionOptions options) {
    return new OnnxSession(model, options);
  }

  /** What a run is given. */
  public List<TensorInfo> inputs() {
    return inputs;
  }

  /** What a run gives. */
  public List<TensorInfo> outputs() {
    return outputs;
  }

  /** The options. */
  public SessionOptions options() {
    return options;
  }

  /** The model. */
  public OnnxModel model() {
    return model;
  }

  int inputNumber(String name) {
    return number(name, inputNumbers, "input");
  }

  int outputNumber(String name) {
    return number(name, outputNumbers, "output");
  }

  private static int number(String name, Map<String, Integer> numbers, String what) {
    Integer number = numbers.get(name);
    if (number == null) {
      throw new OnnxException(
          "there is no %s '%s', but %s".formatted(what, name, numbers.keySet()));
    }
    return number;
  }

  /** A call with inputs and outputs of any kind. */
  public OnnxCall call() {
    return new OnnxCall(this);
  }

  /**
   * Runs a model of float32 tensors.
   *
   * @param x the inputs by name; read
   * @return the outputs by name, the caller's own
   * @throws OnnxException if an input is missing, or not of the type that the model says
   * @throws IllegalStateException if the session is closed
   */
  public Map<String, Tensor> run(Map<String, Tensor> x) {
    OnnxCall call = call();
    x.forEach(call::input);
    call.run();
    Map<String, Tensor> y = new LinkedHashMap<>();
    outputs.forEach(o -> y.put(o.name(), call.tensor(o.name())));
    return y;
  }

  /** As {@link #run(Map)}, of any element types. */
  public Map<String, TypedTensor> runTyped(Map<String, TypedTensor> x) {
    OnnxCall call = call();
    x.forEach(call::input);
    call.run();
    Map<String, TypedTensor> y = new LinkedHashMap<>();
    outputs.forEach(o -> y.put(o.name(), call.typed(o.name())));
    return y;
  }

  /**
   * Runs a model of float32 tensors, and allocates nothing if it ran for these shapes before.
   *
   * @param x the inputs by name; read
   * @param y where outputs go, by name, channels first; those that are left out are not given
   * @throws OnnxException if a tensor is missing, or not of the type that the model says
   */
  public void run(Map<String, Tensor> x, Map<String, Tensor> y) {
    OnnxCall call = calls.take();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor in = x.get(inputs.get(i).name());
      if (in != null) {
        call.input(inputs.get(i).name(), in);
      }
    }
    for (int i = 0; i < outputs.size(); i++) {
      Tensor out = y.get(outputs.get(i).name());
      if (out != null) {
        call.output(outputs.get(i).name(), i, out);
      }
    }
    requireNamed(x, inputs, "input");
    requireNamed(y, outputs, "output");
    call.run();
    call.clear();
    calls.giveBack(call);
  }

  /** A name too many is a mistake of the caller's. */
  private static void requireNamed(
      Map<String, Tensor> tensors, List<TensorInfo> infos, String what) {
    int known = 0;
    for (int i = 0; i < infos.size(); i++) {
      known += tensors.containsKey(infos.get(i).name()) ? 1 : 0;
    }
    if (known != tensors.size()) {
      throw new OnnxException(
          "%ss are named %s, got %s"
              .formatted(what, infos.stream().map(TensorInfo::name).toList(), tensors.keySet()));
    }
  }

  /**
   * Compiles the model for input shapes, so that the first run need not.
   *
   * @param shapes of all inputs by name
   */
  public void prepare(Map<String, Shape> shapes) {
    OnnxCall call = call();
    for (TensorInfo in : inputs) {
      Shape shape = shapes.get(in.name());
      if (shape != null) {
        call.input(in.name(), TypedTensor.zeros(in.type(), shape));
      }
    }
    shapes.keySet().forEach(this::inputNumber);
    call.run();
  }

  Execution execution(BooleanSupplier cancelled, List<Execution.Seen> seen) {
    return new Execution(parallel, cancelled, seen);
  }

  /** How many inputs have no default. */
  int requiredInputs() {
    return required.length;
  }

  /**
   * Runs.
   *
   * @param some room for the inputs without a default
   * @param kept which outputs go where the caller wants them
   */
  void run(Execution execution, Feed in, Feed some, Feed out, boolean[] kept) {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
    boolean overrides = false;
    for (int i = 0; i < inputs.size(); i++) {
      if (in.has(i)) {
        requireType(inputs.get(i), in, i);
        overrides |= inputs.get(i).isOptional();
      } else if (!inputs.get(i).isOptional()) {
        throw new OnnxException("input '%s' is missing".formatted(inputs.get(i)));
      }
    }
    if (required.length == inputs.size()) {
      execution.run(main, in, out, kept);
    } else if (overrides) {
      Program program = overriding(in);
      execution.run(program, selected(program, in), out, kept);
    } else {
      for (int i = 0; i < required.length; i++) {
        some.set(i, in, required[i]);
      }
      execution.run(main, some, out, kept);
    }
  }

  private static void requireType(TensorInfo info, Feed in, int i) {
    if (!info.fits(in.element(i), in.shape(i))) {
      throw new OnnxException(
          "input '%s' should be %s, got %s".formatted(info.name(), info.text(), in.type(i)));
    }
  }

  /** The program for inputs of which some have defaults that they take the place of. */
  private Program overriding(Feed in) {
    Set<String> given = new HashSet<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (in.has(i) && inputs.get(i).isOptional()) {
        given.add(inputs.get(i).name());
      }
    }
    synchronized (overriding) {
      return overriding.computeIfAbsent(given, names -> Programs.of(model, compiling, names));
    }
  }

  private Feed selected(Program program, Feed in) {
    Feed feed = new Feed(program.inputs().size());
    for (int i = 0; i < program.inputs().size(); i++) {
      feed.set(i, in, inputNumber(program.inputs().get(i)));
    }
    return feed;
  }

  /** What was compiled so far: for each set of shapes the graph, its algorithms and its memory. */
  public String explain() {
    StringBuilder text = new StringBuilder();
    main.explain(text);
    synchronized (overriding) {
      overriding.values().forEach(p -> p.explain(text));
    }
    return text.toString();
  }

  /**
   * Ends the session's threads. Runs that are going on come to their end; later ones are refused.
   */
  @Override
  public void close() {
    closed = true;
    if (team != null) {
      team.close();
    }
  }

  /** Inputs and outputs. */
  @Override
  public String toString() {
    return "session " + inputs + " to " + outputs;
  }
}
