using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkillBadges.Credentials.Tests.Peers;

/// <summary>One Node process that holds the pinned peers and answers line by line.</summary>
public sealed class PeerProcess : IDisposable
{
    private readonly Lock talking = new();
    private Process? node;

    public static string? SkipReason =>
        Environment.GetEnvironmentVariable("CI") == "true" || PeerInstallation.IsPossible ? null : "node and npm are not installed; the peers judge nothing here";

    /// <summary>Asks for one operation of operations.mjs; an error there is an exception here.</summary>
    public JsonObject Ask(JsonObject request)
    {
        lock (talking)
        {
            if (node is null)
            {
                PeerInstallation.Install();
                node = PeerInstallation.Start("node", "peers.mjs");
            }

            node.StandardInput.WriteLine(request.ToJsonString());
            node.StandardInput.Flush();
            var line = node.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer process ended.");
            var answer = JsonNode.Parse(line, documentOptions: new JsonDocumentOptions { MaxDepth = 128 })!.AsObject();
            return answer["error"] is JsonValue error && answer.Count == 1
                ? throw new InvalidOperationException(error.GetValue<string>())
                : answer;
        }
    }

    public void Dispose()
    {
        if (node is null)
        {
            return;
        }

        node.StandardInput.Close();
        if (!node.WaitForExit(5000))
        {
            node.Kill();
        }

        node.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class PeerGroup : ICollectionFixture<PeerProcess>
{
    public const string Name = "peers";
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute() => Skip = PeerProcess.SkipReason;
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class PeerTheoryAttribute : TheoryAttribute
{
    public PeerTheoryAttribute() => Skip = PeerProcess.SkipReason;

    /// <summary>The published vectors are read as well.</summary>
    public bool NeedsConformance
    {
        get => false;
        set => Skip ??= value ? Conformance.SkipReason : null;
    }
}
