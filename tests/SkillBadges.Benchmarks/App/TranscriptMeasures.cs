using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SkillBadges.App.Gradebook;
using SkillBadges.App.Pdf.Fonts;
using SkillBadges.App.Pdf.Text;
using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Benchmarks.App;

/// <summary>How long a transcript of 60 badges takes to be signed and verified as one record, and to be drawn.</summary>
public static class TranscriptMeasures
{
    private const int Badges = 60;
    private const int Rounds = 120;

    // Left out of the figures: the runtime compiles meanwhile, as a server does in its first minute.
    private const int Before = 30;
    private const double GoalSigned = 200;
    private const double GoalDrawn = 700;
    private const int GoalBytes = 300_000;

    private static readonly DateTimeOffset At = new(2026, 5, 22, 17, 0, 0, TimeSpan.Zero);

    /// <param name="store">Holds the school.</param>
    /// <param name="shipped">Badges to make sixty of.</param>
    /// <param name="folder">Where the samples are put; null for nowhere.</param>
    public static async Task RunAsync(IDocumentStore store, IReadOnlyList<BadgeDefinition> shipped, Organization school, InstanceAddress address, string? folder, TextWriter output)
    {
        var commits = new Commits(store, TimeProvider.System);
        using var keys = new IssuerKeys(commits, new KeyEncryptionKey(RandomNumberGenerator.GetBytes(KeyEncryptionKey.KeyBytes)), address, TimeProvider.System);
        var active = await keys.ActiveAsync(school.Id, CancellationToken.None);
        var transcript = await TranscriptAsync(store, shipped, school, address, active);
        var signing = new TranscriptSigning(commits, keys, address, TimeProvider.System);
        var verifier = new CredentialVerifier(new(new Own(active), (_, _) => ValueTask.FromResult(Fetched.NotAllowed), (_, _) => ValueTask.FromResult<TrustedIssuer?>(null), TimeProvider.System));
        var typesetter = new Typesetter(new FontLibrary([]));
        var (signed, verified, drawn, bytes, document) = (new List<double>(), new List<double>(), new List<double>(), Array.Empty<byte>(), Array.Empty<byte>());
        var (processor, toSignProcessor, first, spent) = (TimeSpan.Zero, TimeSpan.Zero, 0.0, default(RuntimeSpending));
        for (var i = -Before; i < Rounds; i++)
        {
            if (i == 0)
            {
                first = signed[0] + verified[0];
                signed.Clear();
                verified.Clear();
                drawn.Clear();
                (processor, toSignProcessor) = (TimeSpan.Zero, TimeSpan.Zero);
                spent = RuntimeSpending.SoFar();
            }

            var (start, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            bytes = Encoding.UTF8.GetBytes((await signing.SignAsync(transcript, CancellationToken.None)).Text);
            signed.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            toSignProcessor += Environment.CpuUsage.TotalTime - before;
            start = Stopwatch.GetTimestamp();
            var report = await verifier.VerifyAsync(bytes, CancellationToken.None);
            verified.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            processor += Environment.CpuUsage.TotalTime - before;
            if (!report.SignatureHolds || report.Inner.Length != Badges || report.Inner.Any(inner => !inner.Report.SignatureHolds))
            {
                throw new InvalidOperationException($"The record does not hold: {report.Code}.");
            }

            start = Stopwatch.GetTimestamp();
            document = TranscriptPages.Draw(transcript, new(""), new("en"), typesetter, At);
            drawn.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        if (folder is not null)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "transcript.pdf"), document);
            await File.WriteAllBytesAsync(Path.Combine(folder, "transcript.json"), bytes);
        }

        var whole = signed.Zip(verified, (one, other) => one + other).ToList();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"transcript of {Badges}, signed and verified, ms   p50 {Middle(whole):F0}   p99 {Highest(whole):F0}   processor {processor.TotalMilliseconds / Rounds:F0}   goal under {GoalSigned:F0}: {(Highest(whole) < GoalSigned ? "met" : Middle(whole) < GoalSigned ? "met by p50" : "NOT met")}   ({bytes.Length:N0} bytes, {Rounds} rounds)"));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"  signed p50 {Middle(signed):F0} p99 {Highest(signed):F0} processor {toSignProcessor.TotalMilliseconds / Rounds:F0}; verified p50 {Middle(verified):F0} p99 {Highest(verified):F0} processor {(processor - toSignProcessor).TotalMilliseconds / Rounds:F0}; the first of the process {first:F0}"));
        await output.WriteLineAsync($"  with the drawing: {(RuntimeSpending.SoFar() - spent).Of(Rounds)}");
        var toDraw = Middle(drawn);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  drawn, ms {toDraw,50:F0}   goal under {GoalDrawn:F0}: {(toDraw < GoalDrawn ? "met" : "NOT met")}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  drawn, bytes {document.Length,47:N0}   goal under {GoalBytes:N0}: {(document.Length < GoalBytes ? "met" : "NOT met")}"));
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double Highest(List<double> values) => values.Order().ElementAt((int)Math.Ceiling(values.Count * 0.99) - 1);

    private static async Task<Transcript> TranscriptAsync(IDocumentStore store, IReadOnlyList<BadgeDefinition> shipped, Organization school, InstanceAddress address, SigningKeys active)
    {
        var (changes, badges) = (new Changes(), new List<TranscriptBadge>());
        var legend = ImmutableSortedDictionary.CreateBuilder<string, MasteryScale>(StringComparer.Ordinal);
        for (var i = 0; i < Badges; i++)
        {
            var original = shipped[i % shipped.Count];
            var badge = (original with { Slug = string.Create(CultureInfo.InvariantCulture, $"{original.Slug}-{i}") }).Publish(1);
            var request = new IssuanceRequest(
                school, PersonId.From("learner"), badge, 1, [.. badge.Competencies.Select(skill => new AwardedLevel(skill.Id, skill.RequiredLevel))], [], At, SubmissionId.From("submission"), "decision", null);
            var credential = CredentialId.New();
            var payload = AwardCredential.Of(request, address, credential, "urn:uuid:0197f0d0-0000-4000-8000-000000000001", new StatusSlot(StatusListId.From("list"), i)).ToJson();
            changes.Add(SignedCredentialDocuments.Kind, new(credential, [await EmbeddedProof.AddAsync(payload, active, At, CancellationToken.None)], At));
            var skills = badge.Competencies.Select(skill => (skill.Name, Level: badge.Scale.Level(skill.RequiredLevel)));
            badges.Add(new(
                badge.Id, badge.Name, badge.Scale.SnapshotHash, school.DayOf(At), null, credential,
                [.. skills.Select(skill => new TranscriptSkill(skill.Name, new(skill.Level.Code, skill.Level.Ordinal, skill.Level.Label, skill.Level.Descriptor, true, true), school.DayOf(At)))], []));
            legend[badge.Scale.SnapshotHash.Hex] = badge.Scale;
        }

        await store.CommitAsync(changes, CancellationToken.None);
        return new(PersonId.From("learner"), "Maria Fernanda Delgado", school, school.DayOf(At), [new(school.Id, school.Name, [.. badges])], legend.ToImmutable(), 0);
    }

    private sealed class Own(SigningKeys keys) : IDidResolver
    {
        public ValueTask<DidResolution> ResolveAsync(string did, CancellationToken cancellationToken) =>
            ValueTask.FromResult(DidResolution.Resolved(DidDocument.For(did, keys.Keys.Select(key => VerificationMethod.For(did, key.Public, revoked: null)))));
    }
}
