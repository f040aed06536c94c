using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SkillBadges.App.Commands;
using SkillBadges.App.Demo;
using SkillBadges.App.Jobs;
using SkillBadges.App.Verification;
using SkillBadges.Core;
using SkillBadges.Core.Checking;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Faults.Points;

/// <summary>
/// What this assembly does as a process of its own: the whole server over a demo folder, with a store that fails on demand. It is told by lines on standard input and answers each with one line.
/// </summary>
public static class FaultHost
{
    public static async Task<int> Main(string[] args)
    {
        if (args is not [var data, var url])
        {
            await Console.Error.WriteLineAsync("DATA URL");
            return 2;
        }

        var (plan, clock) = (new FaultPlan(), new ShiftedClock());
        var settings = SettingsReading.Read(null, [new("data", data), new("urls", url), new("rates:perAddress", "0"), new("rates:perAccount", "0"), new("rates:signInsPerAddress", "0")]);
        var isNew = DemoFolder.Prepare(data);
        await using var app = await ServeCommand.BuildAsync(
            settings,
            clock,
            builder =>
            {
                builder.Logging.ClearProviders();

                // It dies young: what makes the first request fast would only make each start slow.
                builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(WarmUp)));
                builder.Services.AddSingleton<DemoSeed>();

                // What was registered first is what is faulty; the last one is what the application takes.
                builder.Services.AddSingleton<IOutbox>(found => new FaultyOutbox(found.GetRequiredService<OpenedStore>().Outbox, plan));
                builder.Services.AddSingleton<IFileStore>(found => new FaultyFiles(found.GetRequiredService<OpenedStore>().Files, plan));
                builder.Services.AddSingleton(found => new IssuerKeys(found.GetRequiredService<Commits>(), found.GetRequiredService<KeyEncryptionKey>(), found.GetRequiredService<InstanceAddress>(), clock)
                {
                    Through = signer => new FaultySigner(signer, plan),
                });
                builder.Services.AddSingleton<IDocumentStore>(found => new SignalingStore(new FaultyStore(found.GetRequiredService<OpenedStore>().Documents, plan), found.GetRequiredService<OutboxSignal>()));
            },
            CancellationToken.None);
        if (isNew)
        {
            await app.Services.GetRequiredService<DemoSeed>().RunAsync([], 0, CancellationToken.None);
            await DemoFolder.MarkAsync(data, CancellationToken.None);
        }

        await app.StartAsync();
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Console.WriteLine(await AnswerAsync(line.Split(' '), plan, clock, app.Services));
        }

        return 0;
    }

    private static async Task<string> AnswerAsync(string[] words, FaultPlan plan, ShiftedClock clock, IServiceProvider services)
    {
        switch (words)
        {
            case ["arm", var point, var count]:
                plan.Arm(point, int.Parse(count, CultureInfo.InvariantCulture));
                return "armed";
            case ["disarm"]:
                var was = plan.IsArmed;
                plan.Arm(null, 0);
                return was ? "unused" : "used";
            case ["clear"]:
                plan.Clear();
                return "cleared";
            case ["points"]:
                return string.Join(' ', plan.Reached);
            case ["check"]:
                var store = services.GetRequiredService<OpenedStore>();
                var report = await new StoreCheck(store.Documents, store.Whole, services.GetRequiredService<IFileStore>()).RunAsync(CancellationToken.None);
                return report.Holds ? "holds" : string.Join("; ", report.Found.Select(broken => $"{broken.Invariant} {broken.Document}: {broken.What}"));
            case ["clock", var seconds]:
                clock.Offset = TimeSpan.FromSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));
                return "set";
            case ["signer", var state]:
                plan.IsSignerDown = state == "down";
                return state;
            case ["rotate", var organization]:
                return (await services.GetRequiredService<IssuerKeys>().RotateAsync(OrganizationId.From(organization), CancellationToken.None)).Count.ToString(CultureInfo.InvariantCulture);
            case ["open"]:
                return (await services.GetRequiredService<OpenedStore>().Documents.CountAsync(IssuanceIntentDocuments.Kind, IssuanceIntentDocuments.Open.Where(), 100_000, CancellationToken.None)).ToString(CultureInfo.InvariantCulture);
            case ["enroll", var organization, var teacher, var count]:
                return string.Join(' ', await EnrollAsync(services.GetRequiredService<OpenedStore>().Documents, OrganizationId.From(organization), PersonId.From(teacher), int.Parse(count, CultureInfo.InvariantCulture)));
            default:
                return "unknown";
        }
    }

    // Classes of one teacher, as large as they may be.
    private static async Task<IReadOnlyList<string>> EnrollAsync(IDocumentStore store, OrganizationId school, PersonId teacher, int count)
    {
        var (ids, now) = (new List<string>(), TimeProvider.System.Now());
        foreach (var some in Enumerable.Range(0, count).Chunk(ClassSection.MaxStudents))
        {
            var (changes, first) = (new Changes(), ids.Count);
            foreach (var number in some)
            {
                var person = Person.Named(PersonId.New(now), $"Student {number}");
                changes.Add(PersonDocuments.Kind, person).Add(MembershipDocuments.Kind, new Membership(MembershipId.New(now), person.Id, school, Role.Student, now));
                ids.Add(person.Id.Value);
            }

            changes.Add(ClassSectionDocuments.Kind, new ClassSection(ClassSectionId.New(now), school, $"Class {first}", now.AddDays(-1)) { Teachers = [teacher], Students = [.. ids.Skip(first).Select(PersonId.From)] });
            await store.CommitAsync(changes, CancellationToken.None);
        }

        return ids;
    }
}
