using System.CommandLine;
using System.Globalization;
using SkillBadges.Core;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Commands;

/// <summary>
/// <c>keys</c>: the keys that organizations sign with. Works on the store itself: over SQLite the server is stopped meanwhile, over PostgreSQL it may run and takes the change up within seconds.
/// </summary>
internal static class KeysCommand
{
    private const string SinceForm = "yyyy-MM-dd'T'HH:mm:ssK";

    public static Command Create()
    {
        var since = new Option<string>("--since") { Description = "The first instant at which others may have held the keys, such as 2026-03-02T08:00:00Z.", Required = true };
        var compromise = Sub("compromise", "The bad day: the keys in use since then stop counting, new ones take over, and what was issued is signed anew.", (work, slug, parsed, token) => work.CompromiseAsync(slug, Since(parsed.GetValue(since)), token));
        compromise.Add(since);
        return new("keys", "The keys that organizations sign with. Stop the server first, unless the documents are in PostgreSQL.")
        {
            Sub("list", "Shows an organization's keys.", (work, slug, _, token) => work.ListAsync(slug, token)),
            Sub("rotate", "Makes new keys; the old ones retire and stay published.", (work, slug, _, token) => work.RotateAsync(slug, token)),
            compromise,
        };
    }

    /// <exception cref="RefusedException"><c>keys.since-unreadable</c>.</exception>
    internal static DateTimeOffset Since(string? text) => DateTimeOffset.TryParseExact(text, SinceForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
        ? since.ToUniversalTime()
        : throw Refused.Invalid("keys.since-unreadable", "The instant looks like 2026-03-02T08:00:00Z or 2026-03-02T01:00:00-07:00.");

    private static Command Sub(string name, string description, Func<KeysWork, string, ParseResult, CancellationToken, Task> run)
    {
        var options = new SettingsOptions();
        var organization = new Option<string>("--org") { Description = "The organization's short name, such as westfield-high.", Required = true };
        var command = new Command(name, description) { organization };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RefusalsAsExitCode.RunAsync(async () =>
        {
            var services = new ServiceCollection();
            await services.AddSkillBadgesAsync(options.Read(parsed), TimeProvider.System, cancellationToken);
            await using var provider = services.BuildServiceProvider();
            await run(ActivatorUtilities.CreateInstance<KeysWork>(provider, Console.Out), parsed.GetValue(organization)!, parsed, cancellationToken);
        }));
        return command;
    }
}

/// <summary>What the subcommands do, a line for each key.</summary>
internal sealed class KeysWork(IDocumentStore store, IssuerKeys keys, KeyCompromise compromise, CredentialResigning resigning, StatusListPublisher publisher, TextWriter output)
{
    public async Task ListAsync(string slug, CancellationToken cancellationToken)
    {
        foreach (var key in await keys.AllAsync(await OrganizationAsync(slug, cancellationToken), cancellationToken))
        {
            var end = key.CompromisedSince is { } since ? $" since {since:u}" : key.RetiredAt is { } retired ? $" since {retired:u}" : "";
            await output.WriteLineAsync($"{key.State,-11} {key.Algorithm,-5} {key.Id} made {key.CreatedAt:u}{(key.IsActive ? "" : end)}");
        }
    }

    public async Task RotateAsync(string slug, CancellationToken cancellationToken)
    {
        await keys.RotateAsync(await OrganizationAsync(slug, cancellationToken), cancellationToken);
        await ListAsync(slug, cancellationToken);
    }

    public async Task CompromiseAsync(string slug, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var organization = await OrganizationAsync(slug, cancellationToken);
        await compromise.DeclareAsync(organization, since, cancellationToken);
        await foreach (var list in store.AllAsync(StatusListDocuments.Kind, StatusListDocuments.Latest.Where(organization.Value), cancellationToken))
        {
            await publisher.PublishAsync(list.Document.Id, cancellationToken);
        }

        await output.WriteLineAsync($"Signed anew: {await resigning.ResignAsync(organization, cancellationToken)} credentials.");
        await ListAsync(slug, cancellationToken);
    }

    private async Task<OrganizationId> OrganizationAsync(string slug, CancellationToken cancellationToken) => slug.Length <= IndexValue.MaxTextBytes
        && await store.FirstAsync(OrganizationDocuments.Kind, OrganizationDocuments.BySlug.Where(slug), cancellationToken) is { } organization
            ? organization.Document.Id
            : throw Refused.NotFound("organization");
}
