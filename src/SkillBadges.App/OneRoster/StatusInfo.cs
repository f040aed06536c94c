using System.Text.Json.Nodes;

namespace SkillBadges.App.OneRoster;

/// <summary>A no in the words of OneRoster 1.2: <c>imsx_StatusInfo</c>.</summary>
internal sealed class StatusInfoException(int status, string codeMinor, string description) : Exception(description)
{
    public int Status { get; } = status;

    public JsonObject Body => new()
    {
        ["imsx_codeMajor"] = "failure",
        ["imsx_severity"] = "error",
        ["imsx_description"] = Message,
        ["imsx_CodeMinor"] = new JsonObject
        {
            ["imsx_codeMinorField"] = new JsonArray(new JsonObject { ["imsx_codeMinorFieldName"] = "TargetEndSystem", ["imsx_codeMinorFieldValue"] = codeMinor }),
        },
    };
}
