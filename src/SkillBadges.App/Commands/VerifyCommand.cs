using System.CommandLine;
using System.Text.Json;
using SkillBadges.App.Http;
using SkillBadges.App.Verification;
using SkillBadges.Core;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.App.Commands;

/// <summary>
/// <c>verify FILE...</c>: checks credentials and says what was checked. Exit code 0 when every one is genuine, 1 when any is not, 2 when it could
/// not be done.
/// </summary>
internal static class VerifyCommand
{
    private static readonly JsonSerializerOptions Printed = new(RequestJson.Strict) { WriteIndented = true };

    public static Command Create()
    {
        var files = new Argument<string[]>("files") { Description = "Credentials: JSON, JWT, PNG or SVG.", Arity = ArgumentArity.OneOrMore };
        var bundle = new Option<string?>("--bundle") { Description = "A folder with dids/ and status-lists/: nothing is fetched, and its issuers are known." };
        var origins = new Option<string[]>("--allow-origin") { Description = "An origin that may be asked for keys and status lists, such as https://badges.example.org; http only for localhost." };
        var known = new Option<string[]>("--known") { Description = "The id (DID) of an issuer that you know." };
        var json = new Option<bool>("--json") { Description = "Prints the full reports as JSON." };
        var command = new Command("verify", "Checks credentials and says, check by check, what was found.") { files, bundle, origins, known, json };
        command.SetAction((parsed, cancellationToken) => RefusalsAsExitCode.RunAsync(async () =>
        {
            using var egress = new EgressClient(SettingsReading.Read(null, Origins(parsed.GetValue(origins) ?? [])));
            var ports = parsed.GetValue(bundle) is { } folder
                ? OfflinePorts(await OfflineBundle.OpenAsync(folder, cancellationToken))
                : OnlinePorts(egress, parsed.GetValue(origins) ?? [], parsed.GetValue(known) ?? []);
            return await RunAsync(parsed.GetValue(files)!, new CredentialVerifier(ports), parsed.GetValue(json), Console.Out, cancellationToken);
        }));
        return command;
    }

    public static VerifierPorts OfflinePorts(OfflineBundle bundle) => new(bundle, bundle.FetchStatusListAsync, bundle.KnownAsync, TimeProvider.System);

    /// <summary>Checks each file and prints the answer; the exit code.</summary>
    public static async Task<int> RunAsync(IEnumerable<string> files, CredentialVerifier verifier, bool asJson, TextWriter output, CancellationToken cancellationToken)
    {
        var allGenuine = true;
        foreach (var file in files)
        {
            if (!File.Exists(file))
            {
                throw Refused.Invalid("verify.no-file", $"There is no file {file}.");
            }

            var report = await verifier.VerifyAsync(await File.ReadAllBytesAsync(file, cancellationToken), cancellationToken);
            allGenuine &= report.Verdict is Verdict.Valid or Verdict.ValidIssuerUnknown;
            await output.WriteLineAsync(asJson ? JsonSerializer.Serialize(VerificationAnswer.Of(report), Printed) : Text(file, VerificationAnswer.Of(report)));
        }

        return allGenuine ? 0 : 1;
    }

    private static VerifierPorts OnlinePorts(EgressClient egress, IReadOnlyCollection<string> origins, IReadOnlyCollection<string> known) => new(
        new DidResolver(egress.FetchAsync, [.. origins.Where(origin => origin.StartsWith("http://", StringComparison.Ordinal))]),
        egress.FetchAsync,
        (issuer, _) => ValueTask.FromResult(known.Contains(issuer) ? new TrustedIssuer(issuer, []) : null),
        TimeProvider.System);

    private static IEnumerable<KeyValuePair<string, string?>> Origins(IReadOnlyCollection<string> origins) =>
        origins.Select((origin, number) => KeyValuePair.Create<string, string?>($"issuerOrigins:{number}", origin));

    private static string Text(string file, VerificationAnswer answer)
    {
        var lines = new List<string> { $"{Path.GetFileName(file)}: {answer.Verdict}. {answer.Sentence}" };
        if (answer.Credential is { Name: { } name } credential)
        {
            lines.Add($"  {name}, from {credential.IssuerName ?? credential.Issuer}");
            lines.AddRange(credential.Results.Select(result => $"    {result.Skill}: {result.Level} ({result.Descriptor})"));
        }

        lines.AddRange(answer.Checks.Select(check => $"  [{check.Outcome}] {check.Name}: {check.Sentence}"));
        return string.Join(Environment.NewLine, lines);
    }
}
