package io.lanewise.propertytests.subject;

import io.lanewise.propertytests.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;

/** Whole small networks. */
public final class NetworkSubject implements Subject<NetworkCase> {
  /** The one there is. */
  public static final NetworkSubject INSTANCE = new NetworkSubject();

  private static final int[] LEAST_INPUT = {0, 1, 1, 1};
  private static final int[] LEAST_LAYER = {1, 1, 1, 0, 1, 1};

  private NetworkSubject() {}

  @Override
  public String name() {
    return "network";
  }

  @Override
  public Arbitrary<NetworkCase> shapes() {
    return Networks.any();
  }

  @Override
  public NetworkCase parse(String text) {
    return NetworkCase.parse(text);
  }

  /** Without one of the layers, then with a smaller input, then with a simpler layer. */
  @Override
  public Stream<NetworkCase> simpler(NetworkCase net) {
    List<NetworkCase> simpler = new ArrayList<>();
    List<LayerCase> layers = net.layers();
    for (int i = layers.size() - 1; i >= 0; i--) {
      List<LayerCase> fewer = new ArrayList<>(layers);
      fewer.remove(i);
      add(simpler, () -> new NetworkCase(net.n(), net.c(), net.ih(), net.iw(), fewer));
    }
    int[] input = {net.n(), net.c(), net.ih(), net.iw()};
    Steps.simpler(input, LEAST_INPUT)
        .forEach(v -> add(simpler, () -> new NetworkCase(v[0], v[1], v[2], v[3], layers)));
    for (int i = 0; i < layers.size(); i++) {
      int at = i;
      LayerCase l = layers.get(i);
      int[] sizes = {l.out(), l.k(), l.s(), l.p(), l.d(), l.g()};
      Steps.simpler(sizes, LEAST_LAYER).forEach(v -> add(simpler, () -> with(net, at, v)));
    }
    return simpler.stream();
  }

  /** The network with other sizes in one of its layers. */
  private static NetworkCase with(NetworkCase net, int at, int[] v) {
    LayerCase l = net.layers().get(at);
    List<LayerCase> changed = new ArrayList<>(net.layers());
    changed.set(at, new LayerCase(l.kind(), v[0], v[1], v[2], v[3], v[4], v[5], l.plain()));
    return new NetworkCase(net.n(), net.c(), net.ih(), net.iw(), changed);
  }

  private static void add(List<NetworkCase> cases, Supplier<NetworkCase> network) {
    try {
      cases.add(network.get());
    } catch (IllegalArgumentException e) {
      // a layer no longer fits, or is none: not a network
    }
  }
}
