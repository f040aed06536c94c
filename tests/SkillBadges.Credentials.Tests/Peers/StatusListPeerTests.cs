using System.Text.Json.Nodes;
using SkillBadges.Credentials.StatusLists;

namespace SkillBadges.Credentials.Tests.Peers;

/// <summary>Bitstring status lists are read alike on both sides.</summary>
[Collection(PeerGroup.Name)]
public sealed class StatusListPeerTests(PeerProcess peers)
{
    private static readonly int[] marked = [0, 1, 7, 8, 4_711, 65_536, 131_071];

    [PeerFact]
    public void The_peer_reads_our_list()
    {
        var list = BitstringStatusList.Create(BitstringStatusList.LeastEntries, bitsPerEntry: 1);
        foreach (var index in marked)
        {
            list[index] = 1;
        }

        var asked = marked.Concat([2, 9, 131_070]).ToArray();
        var answer = peers.Ask(new JsonObject
        {
            ["op"] = "listDecode", ["encodedList"] = list.Encode(), ["indexes"] = new JsonArray([.. asked.Select(index => JsonValue.Create(index))]),
        });
        Assert.Equal(BitstringStatusList.LeastEntries, answer["length"]!.GetValue<int>());
        Assert.Equal(asked.Select(index => marked.Contains(index)), answer["statuses"]!.AsArray().Select(status => status!.GetValue<bool>()));
    }

    [PeerFact]
    public void We_read_the_list_of_the_peer()
    {
        var answer = peers.Ask(new JsonObject
        {
            ["op"] = "listEncode", ["length"] = BitstringStatusList.LeastEntries, ["set"] = new JsonArray([.. marked.Select(index => JsonValue.Create(index))]),
        });
        var list = BitstringStatusList.Read(answer["encodedList"]!.GetValue<string>(), bitsPerEntry: 1);
        Assert.Equal(BitstringStatusList.LeastEntries, list.Entries);
        Assert.Equal(marked, Enumerable.Range(0, BitstringStatusList.LeastEntries).Where(index => list[index] != 0));
    }
}
