// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0

// Does what each line of its input says and prints what it did, and what it hears. Arguments: the
// server's address, and perhaps a user and a password.
import { createInterface } from 'node:readline';
import { NacosNamingClient } from 'nacos-sdk-rust-binding-node';

const client = new NacosNamingClient({
  serverAddr: process.argv[2],
  namespace: 'public',
  username: process.argv[3],
  password: process.argv[4],
  namingPushEmptyProtection: false, // Else it keeps the last list when an empty one comes.
});
const service = ['orders', 'DEFAULT_GROUP'];
const instance = (port) => ({ ip: '10.0.0.7', port: Number(port), metadata: { zone: 'a' } });
const words = (instances) =>
  instances.map((each) => `${each.ip}:${each.port} zone=${each.metadata.zone}`).join() || 'nothing';

const commands = {
  async subscribe() {
    await client.subscribe(...service, [], (error, instances) => console.log('heard', error ?? words(instances)));
    return 'subscribed';
  },
  async register(port) {
    await client.registerInstance(...service, instance(port));
    return `registered ${port}`;
  },
  async deregister(port) {
    await client.deregisterInstance(...service, instance(port));
    return `deregistered ${port}`;
  },
  async list() {
    return `listed ${words(await client.getAllInstances(...service, [], false))}`;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [command, argument] = line.split(' ');
  console.log(await commands[command](argument));
}
process.exit(0);
