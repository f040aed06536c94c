using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Peers;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Transfers.Packs;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Tests.Peers;
using Published = SkillBadges.Credentials.Tests.Conformance;

namespace SkillBadges.App.Tests.Sharing;

/// <summary>What leaves with a learner holds for those who never heard of us.</summary>
public sealed class RecordJudgeTests(TestDistrict district) : IClassFixture<TestDistrict>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-judge-");

    public void Dispose() => folder.Delete(recursive: true);

    [JudgeFact]
    public async Task Peers_verify_a_transcript_a_pack_and_each_badge_in_them()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person);
        await district.ApprovedAsync(learner.Person, TestDistrict.CoSignedBadge);
        await WriteAsync("records/transcript.json", await learner.Client.GetByteArrayAsync(new Uri($"/api/learners/{learner.Person}/transcript?form=clr", UriKind.Relative)));
        var pack = await district.OutsidePackAsync(learner.Person, withEvidence: true);
        ZipFile.ExtractToDirectory(new MemoryStream(pack), Path.Combine(folder.FullName, "pack"));
        await WriteAsync("records/pack.json", await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "pack", PackNames.Clr)));
        await WriteAsync("dids/west.json", await DidAsync(district.West));

        var verdicts = await JudgeAsync();

        foreach (var name in new[] { "transcript.json", "pack.json" })
        {
            var sound = verdicts["records"]![name]!;
            Assert.Equal("valid", sound["outer"]!.GetValue<string>());
            Assert.Equal(["valid", "valid"], sound["inner"]!.AsArray().Select(verdict => verdict!.GetValue<string>()));
            var forged = verdicts["records"]!["forged " + name]!;
            Assert.Contains("Invalid signature", forged["outer"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Contains("Invalid signature", forged["inner"]![0]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Equal("valid", forged["inner"]![1]!.GetValue<string>());
        }

        var manifest = verdicts["manifest"]!;
        Assert.Equal("skillbadges-manifest+json", manifest["typ"]!.GetValue<string>());
        Assert.True(manifest["isAsserted"]!.GetValue<bool>() && manifest["isReadable"]!.GetValue<bool>());
        Assert.True(manifest["files"]!.GetValue<int>() > 8);
        Assert.Empty(manifest["altered"]!.AsArray());
        Assert.Empty(manifest["unlisted"]!.AsArray());
    }

    [JudgeFact]
    public async Task Peers_refuse_a_manifest_that_was_changed()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person);
        ZipFile.ExtractToDirectory(new MemoryStream(await district.OutsidePackAsync(learner.Person, withEvidence: false)), Path.Combine(folder.FullName, "pack"));
        await WriteAsync("dids/west.json", await DidAsync(district.West));
        await WriteAsync("records/none/none.json", []);
        Directory.Delete(Path.Combine(folder.FullName, "records", "none"), recursive: true);
        var path = Path.Combine(folder.FullName, "pack", PackNames.Signature);
        var parts = (await File.ReadAllTextAsync(path)).Split('.');
        var payload = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])).Replace("enrollment", "study", StringComparison.Ordinal);
        parts[1] = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload));
        await File.WriteAllTextAsync(path, string.Join('.', parts));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(JudgeAsync);

        Assert.Contains("judged nothing", refused.Message, StringComparison.Ordinal);
    }

    private async Task<JsonNode> JudgeAsync()
    {
        PeerInstallation.Install();
        using var node = PeerInstallation.Start("node", "judge-record.mjs", folder.FullName, Path.Combine(Published.Root, "1edtech-schemas-and-contexts", "contexts", "clr-v2p0-2.0.1.json"));
        var answer = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return node.ExitCode == 0 ? JsonNode.Parse(answer)! : throw new InvalidOperationException($"The peers judged nothing; they ended with {node.ExitCode}.");
    }

    private async Task<byte[]> DidAsync(OrganizationId organization)
    {
        var slug = (await district.Store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", CancellationToken.None)).Document.Slug;
        using var anyone = district.App.Anonymous();
        return await anyone.GetByteArrayAsync(new Uri($"/orgs/{slug}/did.json", UriKind.Relative));
    }

    private async Task WriteAsync(string name, byte[] bytes)
    {
        var path = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, bytes);
    }
}
