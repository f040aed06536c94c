using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Profiles;
using SkillBadges.Core.Sharing.Statements;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Core.Sharing.Transfers.Packs;

/// <summary>
/// Says of every file of a pack whether it is what the releasing school signed: with nothing but the pack itself, so without a network. Whether the
/// school's keys are known elsewhere too is asked besides, where they can be reached.
/// </summary>
public sealed class PackCheck(IDidResolver dids, InstanceAddress address, TimeProvider clock)
{
    private static readonly string[] needed = [PackNames.Manifest, PackNames.Signature, PackNames.Keys, PackNames.Ledger, PackNames.Scales, PackNames.Competencies, PackNames.Statements, PackNames.Evidence];

    /// <summary>The content, or every fault that was found, by file.</summary>
    public async Task<(PackContent? Content, IReadOnlyList<PackFault> Faults)> CheckAsync(IReadOnlyDictionary<string, byte[]> files, Organization receiver, CancellationToken cancellationToken)
    {
        var faults = needed.Where(name => !files.ContainsKey(name)).Select(name => new PackFault(name, "missing", "The pack lacks this file.")).ToList();
        if (faults.Count > 0 || Keys(files, faults) is not { } keys || Manifest(files, keys, faults) is not { } manifest)
        {
            return (null, faults);
        }

        Compare(files, manifest, faults);
        if (manifest.To.Did is { } did && did != address.DidOf(receiver.Slug))
        {
            faults.Add(new(PackNames.Manifest, "other-receiver", "The pack was let go to another school, and may not be passed on."));
        }

        if (faults.Count > 0)
        {
            return (null, faults);
        }

        var content = new PackContent(
            manifest,
            Sha256Digest.Of(files[PackNames.Manifest]),
            await IsConfirmedAsync(keys, cancellationToken),
            Read<ImmutableArray<MasteryEntry>>(files, PackNames.Ledger, faults, []),
            Read<ImmutableArray<ScaleSnapshot>>(files, PackNames.Scales, faults, []),
            Read<ImmutableArray<CompetencyText>>(files, PackNames.Competencies, faults, []),
            Read<ImmutableArray<Statement>>(files, PackNames.Statements, faults, []),
            files.Keys.Select(PackNames.EvidenceIn).OfType<Sha256Digest>().ToDictionary(digest => digest, digest => files[PackNames.EvidenceOf(digest)]))
        {
            Profile = files.ContainsKey(PackNames.Profile) ? Read<ImmutableArray<PackProfileLine>>(files, PackNames.Profile, faults, []) : [],
        };
        if (faults.Count == 0)
        {
            CheckProfile(content.Profile, faults);
            CheckRecord(content, keys.Id, faults);
            await CheckCredentialsAsync(files, keys, faults, cancellationToken);
        }

        return faults.Count == 0 ? (content, faults) : (null, faults);
    }

    private static DidDocument? Keys(IReadOnlyDictionary<string, byte[]> files, List<PackFault> faults)
    {
        try
        {
            using var json = StrictJson.ParseObject(files[PackNames.Keys]);
            return DidDocument.Read(files[PackNames.Keys], json.RootElement.GetProperty("id").GetString() ?? "");
        }
        catch (Exception e) when (e is MalformedException or KeyNotFoundException or InvalidOperationException)
        {
            faults.Add(new(PackNames.Keys, "altered", "The school's keys cannot be read."));
            return null;
        }
    }

    // What was signed is the truth; where it and the readable manifest differ, the signature tells which of the two was altered.
    private static PackManifest? Manifest(IReadOnlyDictionary<string, byte[]> files, DidDocument keys, List<PackFault> faults)
    {
        if (ManifestSignature.Verify(files[PackNames.Signature], keys) is { } signed)
        {
            if (!files[PackNames.Manifest].AsSpan().SequenceEqual(signed))
            {
                faults.Add(new(PackNames.Manifest, "altered", "The manifest is not the one that was signed."));
            }

            var manifest = Parse<PackManifest>(signed);
            if (manifest is null || manifest.Format != PackManifest.FormatName || manifest.From.Did != keys.Id)
            {
                faults.Add(new(PackNames.Manifest, "not-a-manifest", "The manifest is not one of a transfer pack of the school whose keys are in the pack."));
                return null;
            }

            return manifest;
        }

        var said = Parse<PackManifest>(files[PackNames.Manifest])?.Files.FirstOrDefault(file => file.Path == PackNames.Keys);
        faults.Add(said is not null && said.Sha256 != Sha256Digest.Of(files[PackNames.Keys])
            ? new(PackNames.Keys, "altered", "The school's keys are not those that the manifest names.")
            : new(PackNames.Signature, "altered", "The signature of the manifest does not hold."));
        return null;
    }

    private static void Compare(IReadOnlyDictionary<string, byte[]> files, PackManifest manifest, List<PackFault> faults)
    {
        var listed = manifest.Files.DistinctBy(file => file.Path).ToDictionary(file => file.Path, StringComparer.Ordinal);
        foreach (var (name, bytes) in files.Where(file => file.Key is not (PackNames.Manifest or PackNames.Signature)))
        {
            if (!listed.TryGetValue(name, out var file))
            {
                faults.Add(new(name, "unlisted", "The manifest does not name this file."));
            }
            else if (file.Bytes != bytes.Length || file.Sha256 != Sha256Digest.Of(bytes))
            {
                faults.Add(new(name, "altered", "The file is not the one that the manifest names."));
            }
        }

        faults.AddRange(listed.Keys.Where(name => !files.ContainsKey(name)).Select(name => new PackFault(name, "missing", "The manifest names this file, and it is not there.")));
    }

    private static void CheckRecord(PackContent content, string did, List<PackFault> faults)
    {
        faults.AddRange(LedgerChain.Check(content.Entries).Select(fault => new PackFault(PackNames.Ledger, fault.Fault, $"Entry {fault.Sequence} does not fit the chain.")));
        if (content.Entries.Any(entry => entry.Facts.Issuer.Did != did || entry.RecordKeeper != content.Entries[0].RecordKeeper || entry.Learner != content.Entries[0].Learner))
        {
            faults.Add(new(PackNames.Ledger, "other-record", "An entry belongs to another school or another student."));
        }

        faults.AddRange(content.Scales.Where(scale => scale.Digest != scale.Scale.SnapshotHash).Select(_ => new PackFault(PackNames.Scales, "snapshot", "A scale is not the one that its digest names.")));
        faults.AddRange(content.Competencies.Where(text => text.Digest != Sha256Digest.Of(Encoding.UTF8.GetBytes(text.Statement)))
            .Select(_ => new PackFault(PackNames.Competencies, "snapshot", "A skill's words are not those that their digest names.")));
        var (scales, texts) = (content.Scales.Select(scale => scale.Digest).ToHashSet(), content.Competencies.Select(text => text.Digest).ToHashSet());
        if (content.Entries.Any(entry => !scales.Contains(entry.Facts.Scale.Digest)))
        {
            faults.Add(new(PackNames.Scales, "snapshot-missing", "An entry's scale is not in the pack."));
        }

        if (content.Entries.Any(entry => !texts.Contains(entry.Facts.Competency.StatementDigest)))
        {
            faults.Add(new(PackNames.Competencies, "snapshot-missing", "The words of an entry's skill are not in the pack."));
        }

        var byDigest = content.Scales.ToLookup(scale => scale.Digest, scale => scale.Scale);
        if (content.Entries.Any(entry => byDigest[entry.Facts.Scale.Digest].FirstOrDefault() is { } scale && (scale.Find(entry.Facts.Level.Code) is null || scale.Find(scale.ProficientCut) is null)))
        {
            faults.Add(new(PackNames.Scales, "level", "An entry's level is none of its scale."));
        }

        var known = content.Entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        if (content.Statements.Any(statement => !known.Contains(statement.Entry)))
        {
            faults.Add(new(PackNames.Statements, "unknown-entry", "A statement is about an entry that is not in the pack."));
        }

        faults.AddRange(content.Evidence.Where(pair => pair.Key != Sha256Digest.Of(pair.Value)).Select(pair => new PackFault(PackNames.EvidenceOf(pair.Key), "altered", "The file is not the one that its name says.")));
    }

    private static void CheckProfile(ImmutableArray<PackProfileLine> profile, List<PackFault> faults)
    {
        try
        {
            if (profile.Length > LearnerProfile.MaxLines || profile.Any(line => line is null || line.Text is null || !Enum.IsDefined(line.Block) || !Enum.IsDefined(line.Author)))
            {
                faults.Add(new(PackNames.Profile, "malformed", "The profile has more lines than one can have, or parts that there are not."));
                return;
            }

            foreach (var line in profile)
            {
                DisplayText.Require(line.Text, LearnerProfile.MaxTextLength, "profile.lines");
            }
        }
        catch (RefusedException)
        {
            faults.Add(new(PackNames.Profile, "malformed", "A line of the profile is no text that could be shown."));
        }
    }

    // The record and each badge in it, each by its own proof; their lists of what was taken back are asked where there is a network.
    private async Task CheckCredentialsAsync(IReadOnlyDictionary<string, byte[]> files, DidDocument keys, List<PackFault> faults, CancellationToken cancellationToken)
    {
        if (!files.TryGetValue(PackNames.Clr, out var clr))
        {
            return;
        }

        var ports = new VerifierPorts(new PackKeys(keys), (_, _) => ValueTask.FromResult(Fetched.NotAllowed), (_, _) => ValueTask.FromResult<TrustedIssuer?>(null), clock);
        var report = await new CredentialVerifier(ports).VerifyAsync(clr, cancellationToken);
        if (!report.SignatureHolds)
        {
            faults.Add(new(PackNames.Clr, "signature", "The signature of the record of badges does not hold."));
        }

        faults.AddRange(report.Inner.Where(inner => !inner.Report.SignatureHolds).Select(inner => new PackFault(PackNames.Clr, "signature", $"The signature of the badge at {inner.Place} does not hold.")));
    }

    private async Task<bool> IsConfirmedAsync(DidDocument keys, CancellationToken cancellationToken)
    {
        var elsewhere = await dids.ResolveAsync(keys.Id, cancellationToken);
        return elsewhere.Document is { } known && keys.ForAssertion.All(method => known.ForAssertion.Any(other => other.Id == method.Id && other.Key.Equals(method.Key)));
    }

    private static T Read<T>(IReadOnlyDictionary<string, byte[]> files, string name, List<PackFault> faults, T empty)
        where T : struct
    {
        try
        {
            return JsonSerializer.Deserialize<T>(files[name], DocumentJson.Options);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or RefusedException or InvalidOperationException)
        {
            faults.Add(new(name, "malformed", "The file cannot be read."));
            return empty;
        }
    }

    private static T? Parse<T>(byte[] json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, DocumentJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class PackKeys(DidDocument keys) : IDidResolver
    {
        public ValueTask<DidResolution> ResolveAsync(string did, CancellationToken cancellationToken) =>
            ValueTask.FromResult(did == keys.Id ? DidResolution.Resolved(keys) : DidResolution.Failed(DidResolutionStatus.NotFound));
    }
}
