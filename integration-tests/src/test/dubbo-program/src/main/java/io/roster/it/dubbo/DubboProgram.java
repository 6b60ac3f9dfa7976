// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.dubbo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.RpcException;

/**
 * A provider of {@link Greeter}, or a consumer that calls it with each line of its input and prints what comes of it.
 *
 * <p>Arguments: {@code provider} or {@code consumer}, the registry, and the provider's port.
 */
public final class DubboProgram {

    private DubboProgram() {}

    public static void main(String[] arguments) throws IOException {
        // On JDK 25 Dubbo 3.3.5 else looks for a library that is not there, while it looks for one that is.
        System.setProperty("dubbo.json-framework.prefer", "fastjson2");
        DubboBootstrap program = DubboBootstrap.getInstance()
                .application(application(arguments[0]))
                .registry(new RegistryConfig(arguments[1]));
        if (arguments[0].equals("provider")) {
            ServiceConfig<Greeter> service = new ServiceConfig<>();
            service.setInterface(Greeter.class);
            service.setRef(name -> "Hello " + name + ", from " + ProcessHandle.current().pid());
            program.protocol(new ProtocolConfig("dubbo", Integer.parseInt(arguments[2])))
                    .service(service)
                    .start();
            System.out.println("STARTED");
            program.await();
        } else {
            ReferenceConfig<Greeter> reference = new ReferenceConfig<>();
            reference.setInterface(Greeter.class);
            reference.setCheck(false);
            reference.setProvidedBy("provider");
            program.reference(reference).start();
            System.out.println("STARTED");
            call(reference.get());
        }
    }

    private static ApplicationConfig application(String name) {
        ApplicationConfig application = new ApplicationConfig(name);
        application.setQosEnable(false);
        return application;
    }

    private static void call(Greeter greeter) throws IOException {
        BufferedReader names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String name = names.readLine(); name != null; name = names.readLine()) {
            try {
                System.out.println(greeter.greet(name));
            } catch (RpcException failure) {
                System.out.println("FAILED " + failure.getMessage());
            }
        }
    }
}
