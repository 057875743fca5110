/** Written by scripts/generate-text-schemas.ts from written-texts.ts. Lengths are told in words: structured output takes no keywords for them. */
export const writtenTextSchemas = {
  "insights": {
    "type": "object",
    "properties": {
      "behaviour": {
        "minItems": 1,
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "text": {
              "type": "string",
              "description": "10 to 420 characters"
            },
            "facts": {
              "minItems": 1,
              "type": "array",
              "items": {
                "type": "string",
                "description": "1 to 40 characters"
              },
              "description": "Ids of the facts that this rests on. Every number in the text is a number of one of them; at most 8"
            }
          },
          "required": [
            "text",
            "facts"
          ],
          "additionalProperties": false
        },
        "description": "What the user does, seen as a whole; at most 4"
      },
      "predictions": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "text": {
              "type": "string",
              "description": "10 to 420 characters"
            },
            "facts": {
              "minItems": 1,
              "type": "array",
              "items": {
                "type": "string",
                "description": "1 to 40 characters"
              },
              "description": "Ids of the facts that this rests on. Every number in the text is a number of one of them; at most 8"
            }
          },
          "required": [
            "text",
            "facts"
          ],
          "additionalProperties": false
        },
        "description": "What is likely to follow, with what speaks for it; at most 3"
      },
      "advice": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "title": {
              "type": "string",
              "description": "3 to 90 characters"
            },
            "text": {
              "type": "string",
              "description": "10 to 420 characters"
            },
            "action": {
              "type": "string",
              "description": "Id of one of the actions that are listed; 1 to 40 characters"
            },
            "facts": {
              "minItems": 1,
              "type": "array",
              "items": {
                "type": "string",
                "description": "1 to 40 characters"
              },
              "description": "Ids of the facts that this rests on. Every number in the text is a number of one of them; at most 8"
            }
          },
          "required": [
            "title",
            "text",
            "facts"
          ],
          "additionalProperties": false
        },
        "description": "What would help the user most; at most 3"
      },
      "priorityActions": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "title": {
              "type": "string",
              "description": "3 to 90 characters"
            },
            "description": {
              "type": "string",
              "description": "10 to 420 characters"
            },
            "action": {
              "type": "string",
              "description": "Id of one of the actions that are listed; 1 to 40 characters"
            },
            "priority": {
              "type": "string",
              "enum": [
                "high",
                "medium",
                "low"
              ]
            },
            "facts": {
              "minItems": 1,
              "type": "array",
              "items": {
                "type": "string",
                "description": "1 to 40 characters"
              },
              "description": "Ids of the facts that this rests on. Every number in the text is a number of one of them; at most 8"
            }
          },
          "required": [
            "title",
            "description",
            "action",
            "priority",
            "facts"
          ],
          "additionalProperties": false
        },
        "description": "What to do today, most important first; at most 3"
      },
      "marketInsights": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "title": {
              "type": "string",
              "description": "3 to 90 characters"
            },
            "kind": {
              "type": "string",
              "enum": [
                "opportunity",
                "trend",
                "tip",
                "warning"
              ]
            },
            "body": {
              "type": "string",
              "description": "10 to 420 characters"
            },
            "facts": {
              "minItems": 1,
              "type": "array",
              "items": {
                "type": "string",
                "description": "1 to 40 characters"
              },
              "description": "Ids of the facts that this rests on. Every number in the text is a number of one of them; at most 8"
            }
          },
          "required": [
            "title",
            "kind",
            "body",
            "facts"
          ],
          "additionalProperties": false
        },
        "description": "What happens in the markets or topics of the user; at most 3"
      }
    },
    "required": [
      "behaviour",
      "predictions",
      "advice",
      "priorityActions",
      "marketInsights"
    ],
    "additionalProperties": false
  },
  "suggestions": {
    "type": "object",
    "properties": {
      "suggestions": {
        "minItems": 1,
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "title": {
              "type": "string",
              "description": "3 to 90 characters"
            },
            "description": {
              "type": "string",
              "description": "10 to 420 characters"
            },
            "action": {
              "type": "string",
              "description": "Id of one of the actions that are listed; 1 to 40 characters"
            },
            "priority": {
              "type": "string",
              "enum": [
                "high",
                "medium",
                "low"
              ]
            },
            "facts": {
              "minItems": 1,
              "type": "array",
              "items": {
                "type": "string",
                "description": "1 to 40 characters"
              },
              "description": "Ids of the facts that this rests on. Every number in the text is a number of one of them; at most 8"
            }
          },
          "required": [
            "title",
            "description",
            "action",
            "priority",
            "facts"
          ],
          "additionalProperties": false
        },
        "description": "What to do next on this page, best first; at most 4"
      }
    },
    "required": [
      "suggestions"
    ],
    "additionalProperties": false
  }
} as const;
