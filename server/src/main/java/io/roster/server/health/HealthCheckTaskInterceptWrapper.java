// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.health;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a health-check task unless an interceptor holds it back. The first that does is believed. Nothing escapes it: a task
 * that throws is logged, so that the timer lives on. Stateless.
 */
public final class HealthCheckTaskInterceptWrapper {

    private static final Logger log = LoggerFactory.getLogger(HealthCheckTaskInterceptWrapper.class);

    private final List<HealthCheckInterceptor> interceptors;

    /**
     * @param interceptors asked in this order
     */
    public HealthCheckTaskInterceptWrapper(List<HealthCheckInterceptor> interceptors) {
        this.interceptors = List.copyOf(interceptors);
    }

    /** Runs the task on the caller's thread, or tells it that it was skipped. */
    public void run(HealthCheckTask task) {
        try {
            for (HealthCheckInterceptor interceptor : interceptors) {
                if (interceptor.judge(task) instanceof Verdict.Skip skip) {
                    task.onSkipped(skip);
                    return;
                }
            }
            task.run();
        } catch (RuntimeException failure) {
            log.error("health check {} failed; the next round will run", task.name(), failure);
        }
    }
}
