// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
'use strict';

// The npm client of Nacos. Arguments: the server's address, and perhaps a user and a password. Told line by line what to do: "register <service> <ip> <port>", "deregister ...",
// "subscribe <service>", "list <service>", "status". Each answer and each list heard is one line of JSON.

const readline = require('readline');
const { NacosNamingClient } = require('nacos');

const quiet = { info() {}, debug() {}, warn() {}, error: console.error };
const [address, username, password] = process.argv.slice(2);
const client = new NacosNamingClient({
  logger: quiet,
  serverList: address.replace('https://', ''),
  ssl: address.startsWith('https://'),
  namespace: 'public',
  username,
  password,
});

const say = (what, value) => console.log(JSON.stringify({ [what]: value }));
const addresses = hosts => hosts.map(host => `${host.ip}:${host.port}:${host.healthy}`).sort();

const commands = {
  async register(service, ip, port) {
    await client.registerInstance(service, { ip, port: Number(port), metadata: { by: 'npm' } });
    say('registered', `${ip}:${port}`);
  },
  async deregister(service, ip, port) {
    await client.deregisterInstance(service, { ip, port: Number(port) });
    say('deregistered', `${ip}:${port}`);
  },
  async subscribe(service) {
    client.subscribe({ serviceName: service }, hosts => say('heard', addresses(hosts)));
    say('subscribed', service);
  },
  async list(service) {
    say('listed', addresses(await client.getAllInstances(service, undefined, '', false)));
  },
  async status() {
    say('status', await client.getServerStatus());
  },
};

client.on('error', error => say('error', String(error)));
client.ready().then(() => {
  say('ready', true);
  readline.createInterface({ input: process.stdin }).on('line', async line => {
    const [command, ...words] = line.split(' ');
    try {
      await commands[command](...words);
    } catch (error) {
      say('error', String(error));
    }
  });
});
