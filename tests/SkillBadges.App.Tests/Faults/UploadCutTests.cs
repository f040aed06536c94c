using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Evidence;
using Xunit.Abstractions;

namespace SkillBadges.App.Tests.Faults;

/// <summary>A large film over a line that breaks, to a server that is killed meanwhile: every acknowledged byte stays, memory does not grow, and it becomes one piece of proof.</summary>
public sealed class UploadCutTests(ITestOutputHelper output)
{
    private const int Cuts = 20;
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public Task Sixty_four_megabytes_with_twenty_cuts_and_three_kills_become_one_piece_of_proof() => PlayAsync(64 * Megabyte);

    [LongFact]
    public Task Two_gigabytes_with_twenty_cuts_and_three_kills_become_one_piece_of_proof() => PlayAsync(2_000_000_000);

    private async Task PlayAsync(long length)
    {
        var folder = Directory.CreateTempSubdirectory("skillbadges-cut-");
        try
        {
            var film = new LargeFilm(length);
            using var server = new ServerProcess(Path.Combine(folder.FullName, "data")) { Environment = { ["SKILLBADGES_MAXFILEBYTES"] = "2147483648" } };
            await server.StartAsync();
            var (http, submission, competency) = await SignInAsync(server);
            var begun = Stopwatch.StartNew();
            var address = await new TusClient(http).BegunAsync(submission, competency, length);
            var (acknowledged, before, most) = (0L, server.AnonymousMemory(), 0L);
            var progressed = 0;
            for (var cut = 1; cut <= Cuts; cut++)
            {
                var client = new TusClient(http);
                var offset = await OffsetAsync(client, address);
                Assert.True(offset >= acknowledged, $"{acknowledged} bytes were acknowledged, {offset} are left.");
                var part = (length - offset) / (Cuts + 2 - cut);
                var sending = SendAsync(client, address, offset, film.From(offset, part));
                if (cut is 7 or 14)
                {
                    await Task.Delay(RandomNumberGenerator.GetInt32(1, 60));
                    await server.KillAsync();
                    await sending;
                    await server.StartAsync();
                    http.Dispose();
                    (http, _, _) = await SignInAsync(server);
                    before = Math.Max(before, server.AnonymousMemory());
                    acknowledged = offset;
                    continue;
                }

                await sending;
                most = Math.Max(most, server.AnonymousMemory());
                acknowledged = await OffsetAsync(client, address);
                progressed += acknowledged > offset ? 1 : 0;
            }

            // On a busy machine a line may be cut before its first bytes are on the disk.
            Assert.True(progressed >= Cuts / 2, $"Of {Cuts} cuts only {progressed} left anything of what came before them.");

            // The last bytes, and a kill before anybody has seen the answer; the stored message has the file looked at.
            var rest = SendAsync(new TusClient(http), address, acknowledged, film.From(acknowledged, null));
            while (!rest.IsCompleted)
            {
                most = Math.Max(most, server.AnonymousMemory());
                await Task.Delay(20);
            }

            await rest;
            await server.KillAsync();
            await server.StartAsync();
            http.Dispose();
            (http, _, _) = await SignInAsync(server);
            for (var tries = 0; (await StatusAsync(http, address))["state"]!.GetValue<string>() != "kept"; tries++)
            {
                Assert.True(tries < 1200, "It is never kept.");
                most = Math.Max(most, server.AnonymousMemory());
                await Task.Delay(100);
            }

            output.WriteLine($"{length} bytes, {Cuts} cuts, 3 kills: {begun.Elapsed.TotalSeconds:0.0} s, memory {before / Megabyte} MB before, {most / Megabyte} MB at most");
            Assert.True(most < before + (96 * Megabyte), $"Memory grew from {before} to {most}.");
            var item = Assert.Single((await ReadAsync(http, $"/api/submissions/{submission}"))["draft"]!.AsArray().SelectMany(work => work!["evidence"]!.AsArray()), item => item!["title"]!.GetValue<string>() == "Proof")!;
            Assert.Equal((length, "video/mp4"), (item["bytes"]!.GetValue<long>(), item["mediaType"]!.GetValue<string>()));
            await using var content = await http.GetStreamAsync(new Uri($"/api/submissions/{submission}/evidence/{item["id"]}/content", UriKind.Relative));
            Assert.Equal(item["sha256"]!.GetValue<string>(), Convert.ToHexStringLower(await SHA256.HashDataAsync(content)));
            http.Dispose();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task SendAsync(TusClient client, string address, long offset, HttpContent content)
    {
        try
        {
            using var answer = await client.SendAsync(address, offset, content);
        }
        catch (Exception e) when (LostAnswer.Is(e))
        {
            // The line was cut, or the server was killed.
        }
    }

    // A cut is noticed by the server a moment later; until then the file is its last writer's.
    private static async Task<long> OffsetAsync(TusClient client, string address)
    {
        var last = -1L;
        for (var tries = 0; ; tries++)
        {
            var offset = await client.OffsetAsync(address);
            if (offset == last || tries == 50)
            {
                return offset;
            }

            last = offset;
            await Task.Delay(60);
        }
    }

    private static async Task<(HttpClient Http, string Submission, string Competency)> SignInAsync(ServerProcess server)
    {
        for (var number = 1; ; number += 20)
        {
            var http = new HttpClient { BaseAddress = server.BaseUrl, Timeout = TimeSpan.FromMinutes(10) };

            // Whoever signs in has this client; it is disposed of with it.
            var visitor = new App.Demo.DemoClient(http);
            await visitor.SignInAsync(string.Create(CultureInfo.InvariantCulture, $"student{number:000}"), CancellationToken.None);
            var work = (await ReadAsync(http, "/api/submissions"))["items"]!.AsArray().FirstOrDefault(item => item!["state"]!.GetValue<string>() == "draft");
            if (work is not null)
            {
                return (http, work["id"]!.GetValue<string>(), work["draft"]![0]!["competency"]!.GetValue<string>());
            }

            http.Dispose();
        }
    }

    private static Task<JsonNode> StatusAsync(HttpClient http, string address) => ReadAsync(http, address);

    private static async Task<JsonNode> ReadAsync(HttpClient http, string path) => JsonNode.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative)))!;
}
