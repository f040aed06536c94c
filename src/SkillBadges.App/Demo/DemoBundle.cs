using System.Text.Json.Nodes;
using SkillBadges.App.Commands;
using SkillBadges.App.Verification;
using SkillBadges.Credentials;

namespace SkillBadges.App.Demo;

/// <summary>The files that the story leaves, and what a verifier has to say of each credential among them.</summary>
internal sealed class DemoBundle(string folder)
{
    private readonly Dictionary<string, string> expected = new(StringComparer.Ordinal);

    public int Credentials => expected.Count;

    public Task<string> TextAsync(string name, CancellationToken cancellationToken) => File.ReadAllTextAsync(Path.Combine(folder, name), cancellationToken);

    /// <summary>From now on the credentials with this name have been taken back.</summary>
    public void Revoke(string name)
    {
        foreach (var file in expected.Keys.Where(file => file.StartsWith($"{name}.", StringComparison.Ordinal)).ToList())
        {
            expected[file] = "revoked-or-suspended";
        }
    }

    public async Task SaveCredentialsAsync(DemoClient learner, JsonObject award, string name, CancellationToken cancellationToken)
    {
        foreach (var (form, file) in new[]
        {
            ("vc-jwt-rs256", $"{name}.rs256.jwt"), ("vc-jwt-es256", $"{name}.es256.jwt"), ("eddsa-rdfc-2022", $"{name}.json"), ("png", $"{name}.png"), ("svg", $"{name}.svg"),
        })
        {
            await SaveAsync(file, await learner.BytesAsync($"/api/awards/{award["award"]}/credential?form={form}", cancellationToken), cancellationToken);
            expected[file] = "valid";
        }
    }

    public async Task<JsonObject> CheckAllAsync(DemoClient anyone, CancellationToken cancellationToken)
    {
        var verdicts = new JsonObject();
        foreach (var (file, verdict) in expected)
        {
            var found = await anyone.VerdictAsync(await File.ReadAllBytesAsync(Path.Combine(folder, file), cancellationToken), cancellationToken);
            DemoScript.Require(found == verdict, $"{file} was called {found}, not {verdict}.");
            verdicts[file] = found;
        }

        return verdicts;
    }

    public async Task<int> SaveStatusListsAsync(DemoClient anyone, CancellationToken cancellationToken)
    {
        var lists = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in expected.Keys.Where(file => file.EndsWith(".json", StringComparison.Ordinal)))
        {
            var credential = JsonNode.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, file), cancellationToken))!;
            lists.UnionWith(credential["credentialStatus"]!.AsArray().Select(entry => entry!["statusListCredential"]!.GetValue<string>()));
        }

        foreach (var list in lists)
        {
            var path = new Uri(list).AbsolutePath;
            await SaveAsync($"status-lists/{path.Split('/')[^2]}-{path.Split('/')[^1]}", await anyone.BytesAsync(path, cancellationToken), cancellationToken);
        }

        return lists.Count;
    }

    public async Task<JsonObject> CheckOfflineAsync(CancellationToken cancellationToken)
    {
        var verifier = new CredentialVerifier(VerifyCommand.OfflinePorts(await OfflineBundle.OpenAsync(folder, cancellationToken)));
        var verdicts = new JsonObject();
        foreach (var (file, verdict) in expected)
        {
            using var output = new StringWriter();
            var exitCode = await VerifyCommand.RunAsync([Path.Combine(folder, file)], verifier, asJson: true, output, cancellationToken);
            var found = JsonNode.Parse(output.ToString())!["verdict"]!.GetValue<string>();
            DemoScript.Require(found == verdict && exitCode == (verdict == "valid" ? 0 : 1), $"{file} was called {found}, not {verdict}, with exit code {exitCode}.");
            verdicts[file] = found;
        }

        return verdicts;
    }

    public async Task SaveAsync(string name, byte[] bytes, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, bytes, cancellationToken);
    }
}
