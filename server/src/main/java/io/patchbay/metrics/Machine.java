package io.patchbay.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;

/** The process itself: memory, garbage collection, threads, processor, files, uptime. */
final class Machine implements AutoCloseable {
  private final JvmGcMetrics collections;

  private Machine(JvmGcMetrics collections) {
    this.collections = collections;
  }

  static Machine watch(MeterRegistry registry) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    var machine = new Machine(new JvmGcMetrics());
    machine.collections.bindTo(registry);
    return machine;
  }

  @Override
  public void close() {
    collections.close();
  }
}
