// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.spring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * A web application that Spring Cloud registers when it has started, by its arguments alone. For each service named on a line
 * of its input it prints a line with the ports at which {@link DiscoveryClient} finds it.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class SpringProgram {

    public static void main(String[] arguments) throws IOException {
        DiscoveryClient discovery =
                SpringApplication.run(SpringProgram.class, arguments).getBean(DiscoveryClient.class);
        System.out.println("STARTED");
        BufferedReader names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String name = names.readLine(); name != null; name = names.readLine()) {
            System.out.println(discovery.getServices() + " " + name + "="
                    + discovery.getInstances(name).stream()
                            .map(ServiceInstance::getUri)
                            .sorted()
                            .toList());
        }
    }
}
